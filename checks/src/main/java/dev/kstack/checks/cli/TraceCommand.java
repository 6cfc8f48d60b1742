package dev.kstack.checks.cli;

import dev.kstack.checks.explore.Story;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.StoredTrace;
import dev.kstack.checks.report.StoryInWords;
import dev.kstack.checks.report.TakenTrace;
import dev.kstack.checks.trace.Detail;
import dev.kstack.checks.trace.Ink;
import dev.kstack.checks.trace.Lanes;
import dev.kstack.checks.trace.TextTrace;
import dev.kstack.model.design.Designs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kstack trace}: shows a stored trace, or writes it in the form of another tool. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Shows a stored trace step by step: who did it, which step of another context let it happen,"
          + " and what changed. Or writes it in the form that another tool reads.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown, or written",
      "1:refuted: the model does not allow the run, or it does not end so; it says where",
      "2:wrong usage: no trace of this version, or a file that cannot be written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack check switch-out+H8 --trace-dir traces",
      "  T=traces/switch-out+H8-manuals-no-stack-fault.json",
      "  ./kstack trace $T                      each step, and what let it happen",
      "  ./kstack trace $T --slice --lanes      only what matters, to be pasted in a mail",
      "  ./kstack trace $T --diff               what each step changes, and nothing else",
      "  ./kstack trace $T --to perfetto -o trace.json",
      "  ./kstack trace $T --to junit           a test that is red until the defect is mended"
    })
final class TraceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TRACE", description = "NAME.json, as --trace-dir writes it.")
  private Path file;

  @ArgGroup(exclusive = true)
  private @Nullable Form form;

  /** What is shown. */
  static final class Form {
    @Option(
        names = "--full",
        description = "Every operation and choice, and every word after each step.")
    private boolean full;

    @Option(names = "--diff", description = "Only the words that change.")
    private boolean diff;

    @Option(
        names = "--lanes",
        description = "A lane for each context, in plain characters and 72 columns.")
    private boolean lanes;

    @Option(names = "--to", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}.")
    private @Nullable TraceFormat to;
  }

  @Option(
      names = "--slice",
      description =
          "Only the steps that matter, in the order with the fewest changes of context: what is left"
              + " out or moved is tried, by taking the run again.")
  private boolean slice;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write there, all or nothing. Default: stdout.")
  private @Nullable Path output;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "auto (on a terminal, unless NO_COLOR is set), always or never. Default: auto.")
  private ColourWhen colour = ColourWhen.AUTO;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    String text;
    try {
      text = text(TakenTrace.of(StoredTrace.read(file, new Catalogue(Designs.ALL))));
    } catch (TakenTrace.RefutedException e) {
      out.println(e.getMessage());
      out.flush();
      return ExitCode.NOT_AS_EXPECTED;
    }
    if (output == null) {
      out.print(text);
      out.flush();
    } else {
      WholeFile.write("--output", output, text);
    }
    return ExitCode.AS_EXPECTED;
  }

  private String text(TakenTrace taken) throws TakenTrace.RefutedException {
    TraceFormat to = form == null ? null : form.to;
    if (to != null && !slice) {
      return to.of(taken);
    }
    Story story = taken.story();
    TakenTrace shown = slice ? taken.with(story.run()) : taken;
    if (to != null) {
      return to.of(shown);
    }
    List<String> heading = shown.heading();
    String steps =
        form != null && form.lanes
            ? new Lanes(heading).of(shown.trace().property(), shown.run())
            : new TextTrace(heading, detail(), ink()).of(shown.trace().property(), shown.run());
    return steps + "\n" + StoryInWords.of(story, slice) + "\n";
  }

  private Ink ink() {
    return output != null && colour == ColourWhen.AUTO ? Ink.NONE : colour.ink();
  }

  private Detail detail() {
    if (form != null && form.full) {
      return Detail.FULL;
    }
    return form != null && form.diff ? Detail.CHANGES : Detail.CAUSES;
  }
}
