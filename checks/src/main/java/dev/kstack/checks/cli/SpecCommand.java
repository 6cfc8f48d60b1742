package dev.kstack.checks.cli;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.refine.RandomRun;
import dev.kstack.checks.refine.SpecProgram;
import dev.kstack.checks.refine.SpecSizes;
import dev.kstack.checks.report.SpecReport;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.machine.Layout;
import dev.kstack.spec.Property;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kstack spec}: the specification alone. */
@Command(
    name = "spec",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "The proposal as an abstract machine, without CPUs, locks, PTEs and TLBs: explores all of its"
          + " states, prints its rules, or one random run. ./kstack check holds every design against"
          + " it, operation by operation (refines-spec).",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every invariant holds",
      "1:an invariant is violated",
      "2:wrong usage",
      "3:undecided: the search was ended",
      "130:Ctrl-C"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack spec                                  every state of 2 threads with 4 pages",
      "  ./kstack spec --threads 3 --pages 3 --frames 7",
      "  ./kstack spec --rules                          each rule with its sentence of the mail",
      "  ./kstack spec --random --seed 7 --steps 20     a random run"
    })
final class SpecCommand implements Callable<Integer> {
  private final Interrupt interrupt;

  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = true)
  private @Nullable Mode mode;

  /** What to do instead of a search. */
  static final class Mode {
    @Option(names = "--rules", description = "Print the rules, each with its sentence.")
    private boolean rules;

    @Option(names = "--random", description = "Print a random run.")
    private boolean random;
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of a random run: the same seed, the same run. Default: 1.")
  private long seed;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "30",
      description = "Of a random run. Default: 30.")
  private int steps;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description = "Threads, 1 to 8. Default: 2.")
  private int threads;

  @Option(
      names = "--pages",
      paramLabel = "N",
      defaultValue = "4",
      description = "Pages of a stack, 1 to 8. Default: 4.")
  private int pages;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Page frames. Default: three of four that the stacks need.")
  private @Nullable Integer frames;

  @Option(
      names = "--reserve",
      paramLabel = "N",
      defaultValue = "0",
      description = "Frames that other users leave alone. Default: 0.")
  private int reserve;

  SpecCommand(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (mode != null && mode.rules) {
      print(SpecReport.rules(), out);
      return ExitCode.AS_EXPECTED;
    }
    SpecSizes sizes = sizes();
    if (mode != null && mode.random) {
      range("--steps", steps, 0, Integer.MAX_VALUE);
      print(SpecReport.run(sizes.initial(), RandomRun.of(sizes.initial(), seed, steps)), out);
      return ExitCode.AS_EXPECTED;
    }
    return search(sizes, out);
  }

  private int search(SpecSizes sizes, PrintWriter out) {
    PrintWriter err = spec.commandLine().getErr();
    ProgressLine progress =
        new ProgressLine(err, Boolean.getBoolean(ProgressLine.STDERR_IS_TERMINAL));
    progress.begin("the specification");
    Settings settings = Settings.DEFAULT.withInterrupted(interrupt::raised).withProgress(progress);
    SearchResult result = new Explorer(new SpecProgram(sizes), settings).search();
    progress.clear();
    print(SpecReport.search(sizes, result), out);
    boolean violated =
        result.found().keySet().stream().anyMatch(p -> p.kind() == Property.Kind.SAFETY);
    if (violated) {
      return ExitCode.NOT_AS_EXPECTED;
    }
    return result.complete() ? ExitCode.AS_EXPECTED : ExitCode.UNDECIDED;
  }

  private SpecSizes sizes() {
    range("--threads", threads, 1, Sizes.MAX_THREADS);
    range("--pages", pages, 1, Sizes.MAX_PAGES);
    int all = frames == null ? (3 * threads * pages + 3) / 4 : frames;
    range("--frames", all, threads, Layout.MAX_FRAMES);
    range("--reserve", reserve, 0, all - threads);
    return new SpecSizes(threads, pages, all, reserve);
  }

  private static void range(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new UsageException(
          "%s %d: must be from %d to %d".formatted(option, value, least, most));
    }
  }

  private static void print(List<String> lines, PrintWriter out) {
    lines.forEach(out::println);
    out.flush();
  }
}
