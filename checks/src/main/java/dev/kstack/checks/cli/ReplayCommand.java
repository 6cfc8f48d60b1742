package dev.kstack.checks.cli;

import dev.kstack.checks.live.LiveReplay;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Replay;
import dev.kstack.checks.report.StoredTrace;
import dev.kstack.model.design.Designs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kstack replay}: takes a stored trace again. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Takes the run of a stored trace again, in the model as it is now, and says whether it still"
          + " ends as the trace says.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:confirmed; the trace is printed",
      "1:refuted: the model does not allow the run, or it does not end so; it says where",
      "2:wrong usage: no trace of this version, or of a design that there is not"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack check switch-out+H8 --trace-dir traces",
      "  ./kstack replay traces/switch-out+H8-manuals-no-stack-fault.json",
      "  ./kstack replay --engine live traces/switch-out+H8-manuals-no-stack-fault.json"
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TRACE", description = "NAME.json, as --trace-dir writes it.")
  private Path file;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = {
        "explorer: takes the run step by step, as the search does. The default.",
        "live: makes it on real threads over Java's memory, an operation at a time."
      })
  private Engine engine = Engine.EXPLORER;

  /** Who takes the run. */
  enum Engine {
    EXPLORER,
    LIVE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    StoredTrace trace = StoredTrace.read(file, new Catalogue(Designs.ALL));
    Replay replay =
        switch (engine) {
          case EXPLORER -> Replay.of(trace);
          case LIVE -> LiveReplay.of(trace);
        };
    PrintWriter out = spec.commandLine().getOut();
    out.print(replay.text());
    out.flush();
    return replay.confirmed() ? ExitCode.AS_EXPECTED : ExitCode.NOT_AS_EXPECTED;
  }
}
