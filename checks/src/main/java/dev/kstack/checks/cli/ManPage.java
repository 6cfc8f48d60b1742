package dev.kstack.checks.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * A man page in man(7), made of what {@code --help} says, so that it cannot say anything else. One
 * page for all commands: a section for each.
 */
final class ManPage {

  private final CommandSpec root;
  private final StringBuilder text = new StringBuilder();

  ManPage(CommandSpec root) {
    this.root = root;
  }

  String text() {
    UsageMessageSpec usage = root.usageMessage();
    macro("TH", root.name().toUpperCase(Locale.ROOT), "1", "", root.version()[0], "kstack");
    macro("SH", "NAME");
    line("%s - %s".formatted(root.name(), String.join(" ", usage.header()).strip()));
    macro("SH", "SYNOPSIS");
    synopsis(root);
    macro("SH", "DESCRIPTION");
    paragraphs(usage.description());
    line("The commands, each with its options and exit codes, are below.");
    examples(usage.footer());
    root.subcommands().values().forEach(command -> command(command.getCommandSpec()));
    return text.toString();
  }

  private void command(CommandSpec command) {
    macro("SH", command.qualifiedName().toUpperCase(Locale.ROOT));
    synopsis(command);
    paragraphs(command.usageMessage().description());
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      if (parameter.group() == null) {
        item(parameter.paramLabel(), parameter.description());
      }
    }
    options(command.options().stream().filter(o -> o.group() == null).toList());
    for (ArgGroupSpec group : command.argGroups()) {
      group(group);
    }
    UsageMessageSpec usage = command.usageMessage();
    if (!usage.exitCodeList().isEmpty()) {
      macro("SS", "Exit codes");
      usage.exitCodeList().forEach((code, meaning) -> item(code, meaning));
    }
    examples(usage.footer());
  }

  private void group(ArgGroupSpec group) {
    if (group.heading() != null) {
      macro("SS", group.heading().replace("%n", "").strip().replaceAll(":$", ""));
    }
    options(group.options());
    group.subgroups().forEach(this::group);
  }

  private void options(List<OptionSpec> options) {
    for (OptionSpec option : options) {
      if (!option.hidden()) {
        String parameter = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        item(String.join(", ", option.names()) + parameter, described(option));
      }
    }
  }

  private static String[] described(OptionSpec option) {
    List<String> candidates = new ArrayList<>();
    if (option.completionCandidates() != null) {
      option.completionCandidates().forEach(candidates::add);
    }
    return Arrays.stream(option.description())
        .map(d -> d.replace("${COMPLETION-CANDIDATES}", String.join(", ", candidates)))
        .toArray(String[]::new);
  }

  private void synopsis(CommandSpec command) {
    Help help = new Help(command, Help.defaultColorScheme(Help.Ansi.OFF));
    line(help.synopsis(0).replaceAll("\\s+", " ").strip());
  }

  private void item(String term, String... description) {
    macro("TP");
    line(term);
    for (int i = 0; i < description.length; i++) {
      if (i > 0) {
        text.append(".br\n");
      }
      line(plain(description[i]));
    }
  }

  private void paragraphs(String... paragraphs) {
    for (String paragraph : paragraphs) {
      if (!paragraph.isEmpty()) {
        macro("PP");
        line(plain(paragraph));
      }
    }
  }

  private void examples(String... lines) {
    if (lines.length > 0) {
      macro("SS", "Examples");
      text.append(".nf\n");
      Arrays.stream(lines).forEach(l -> line(plain(l).stripTrailing()));
      text.append(".fi\n");
    }
  }

  /** What picocli formats. */
  private static String plain(String description) {
    return description.replace("%%", "%").replace("%n", " ");
  }

  private void macro(String name, String... arguments) {
    text.append('.').append(name);
    for (String argument : arguments) {
      text.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    text.append('\n');
  }

  /** A line that begins with a dot or a quote would be a request. */
  private void line(String words) {
    String escaped = escaped(words);
    text.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "")
        .append(escaped)
        .append('\n');
  }

  private static String escaped(String words) {
    return words
        .replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("~", "\\(ti")
        .replace("^", "\\(ha");
  }
}
