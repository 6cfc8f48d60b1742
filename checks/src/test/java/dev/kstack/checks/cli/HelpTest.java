package dev.kstack.checks.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What helps at a shell: examples that can be typed, completion, and the man page. */
class HelpTest {
  private static final String LAUNCHER = "./kstack ";

  @TempDir Path folder;

  static Stream<CommandSpec> commands() {
    return Main.commandLine(new Interrupt()).getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec);
  }

  /** Each of them is parsed; a word that begins with two blanks is a remark. */
  @ParameterizedTest
  @MethodSource("commands")
  void everyExampleCanBeTyped(CommandSpec command) {
    List<String> examples =
        Arrays.stream(command.usageMessage().footer()).filter(l -> l.contains(LAUNCHER)).toList();
    assertFalse(examples.isEmpty(), command.name() + " has no examples");
    boolean own = false;
    for (String example : examples) {
      String line =
          example
              .strip()
              .replaceAll(" {2,}.*", "")
              .replaceAll("^source <\\((.*)\\)$", "$1")
              .replaceAll(" [|>] ?.*", "");
      line = line.substring(line.indexOf(LAUNCHER) + LAUNCHER.length());
      String[] arguments = line.split(" +");
      own |= arguments[0].equals(command.name());
      assertDoesNotThrow(() -> Main.commandLine(new Interrupt()).parseArgs(arguments), example);
    }
    assertTrue(own, "no example of " + command.name());
  }

  @Test
  void theWorkflowIsYamlAndItsCommandsCanBeTyped() throws IOException {
    JsonNode workflow =
        new YAMLMapper().readTree(Path.of("..", ".github/workflows/kstack.yml").toFile());
    int commands = 0;
    for (JsonNode step : workflow.at("/jobs/check/steps")) {
      assertTrue(step.has("run") != step.has("uses"), step::toString);
      if (step.path("run").asText().startsWith(LAUNCHER)) {
        commands++;
        String[] arguments = step.get("run").asText().substring(LAUNCHER.length()).split(" +");
        assertDoesNotThrow(() -> Main.commandLine(new Interrupt()).parseArgs(arguments));
      }
    }
    assertEquals(1, commands);
  }

  @Test
  void bashCompletesCommandsOptionsAndDesigns() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
    assertEquals(Set.of("completion", "compare"), completed("kstack", "comp"));
    assertTrue(completed("kstack", "check", "--s").contains("--sarif"));
    assertEquals(
        Set.of("itf", "perfetto", "shiviz", "ftrace", "mermaid", "junit"),
        completed("kstack", "trace", "--to", ""));
    assertTrue(completed("kstack", "check", "switch-out+H").contains("switch-out+H8"));
    assertEquals(Set.of(), completed("kstack", "nothing"));
  }

  /** What bash would offer for the last word. */
  private Set<String> completed(String... words) throws IOException, InterruptedException {
    Path script = Files.writeString(folder.resolve("completion"), printed("completion"));
    List<String> command = new ArrayList<>(List.of("/bin/bash", "--norc", "-c"));
    command.add(
        "compopt() { :; }; source \"$0\" || exit 9; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1));"
            + " COMP_LINE=\"$*\"; COMP_POINT=${#COMP_LINE};"
            + " _complete_kstack; printf '%s\\n' \"${COMPREPLY[@]}\"");
    command.add(script.toString());
    command.addAll(List.of(words));
    Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (InputStream out = shell.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, shell.waitFor(), text);
      Set<String> offered = new TreeSet<>();
      text.lines().map(String::strip).filter(l -> !l.isEmpty()).forEach(offered::add);
      return offered;
    }
  }

  @Test
  void theManPageHasEveryCommandAndEveryOption() {
    String page = printed("man");
    assertTrue(page.startsWith(".TH \"KSTACK\" \"1\""), page);
    commands()
        .forEach(
            command -> {
              String section = section(page, command);
              for (OptionSpec option : command.options()) {
                for (String name : option.names()) {
                  assertTrue(
                      section.lines().anyMatch(l -> isItem(l, name.replace("-", "\\-"))),
                      command.name() + " " + name + ": " + section);
                }
              }
            });
    for (String line : page.lines().toList()) {
      assertTrue(
          !line.startsWith(".") || line.matches("\\.(TH|SH|SS|PP|TP|nf|fi|br)( \".*)?"), line);
      assertFalse(line.startsWith("'"), line);
      assertFalse(line.contains("${") || line.contains("%n"), line);
    }
  }

  /** Names stand before what they mean, {@code -h, --help}; the synopsis has them in brackets. */
  private static boolean isItem(String line, String name) {
    return Arrays.asList(line.split(",? ")).contains(name) && !line.contains("[");
  }

  private static String section(String page, CommandSpec command) {
    String head = ".SH \"KSTACK %s\"\n".formatted(command.name().toUpperCase(Locale.ROOT));
    int begin = page.indexOf(head);
    assertTrue(begin > 0, "no section of " + command.name());
    int end = page.indexOf(".SH ", begin + 1);
    return page.substring(begin, end < 0 ? page.length() : end);
  }

  private static String printed(String command) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine(new Interrupt());
    line.setOut(new PrintWriter(out));
    assertEquals(0, line.execute(command));
    return out.toString();
  }
}
