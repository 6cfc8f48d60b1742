package dev.kstack.checks.cli;

import dev.kstack.checks.bench.Benchmark;
import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.jpf.JpfBenchmark;
import dev.kstack.checks.jpf.JpfRunner;
import dev.kstack.checks.jpf.SmallestSizes;
import dev.kstack.checks.report.AssumptionChoice;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.JobPlan;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kstack bench}: the arguments. {@link Benchmark} does it. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Measures the search with one worker and with two: on switch-out with 3 CPUs, 3 threads and 2 pages, and on"
            + " the Peterson filter lock beside a search that is packed by hand for it alone.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack bench                                   about a minute",
      "  JPF_HOME=~/jpf-core ./kstack bench --against jpf",
      "  ./kstack bench --rounds 11 --states 10M",
      "  KSTACK_JAVA_OPTS=-Xmx16g ./kstack bench --states 100M   filter lock of 7 processes, too"
    })
final class BenchCommand implements Callable<Integer> {
  private final Interrupt interrupt;

  @Spec private CommandSpec spec;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measured searches of each kind, after one to warm up. Default: 5.")
  private int rounds;

  @Option(
      names = "--states",
      paramLabel = "N",
      defaultValue = "4M",
      converter = CountConverter.class,
      description = {
        "States after which the search of switch-out is cut off. Default: 4M.",
        "From 42M on, the filter lock is searched with 7 processes as well."
      })
  private long states;

  @Option(
      names = "--against",
      paramLabel = "ENGINE",
      description =
          "jpf: the explorer beside Java PathFinder, on static and switch-out at the smallest sizes"
              + " that mean something; a minute each at most, or --seconds.")
  private @Nullable Rival against;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "With --against: of the other engine, for each model. Default: 60.")
  private double seconds;

  /** Other engines. */
  enum Rival {
    JPF
  }

  BenchCommand(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() throws IOException {
    if (against == Rival.JPF) {
      return againstJpf();
    }
    if (rounds < 1) {
      throw new UsageException("--rounds %d: must be 1 or more".formatted(rounds));
    }
    long most = Math.min(states, Budget.MAX_STATES);
    boolean correct =
        new Benchmark(rounds, most, interrupt::raised, spec.commandLine().getOut()).run();
    return correct ? ExitCode.AS_EXPECTED : ExitCode.NOT_AS_EXPECTED;
  }

  private int againstJpf() throws IOException {
    JpfRunner runner = EngineArguments.runner(EngineArguments.DEFAULT_MEMORY, interrupt::raised);
    JobPlan plan =
        new JobPlan(
            List.of("static", "switch-out"),
            false,
            AssumptionChoice.of(Hardware.MANUALS),
            new SmallestSizes());
    boolean complete =
        new JpfBenchmark(runner, seconds, interrupt::raised, spec.commandLine().getOut())
            .run(plan.jobs(new Catalogue(Designs.ALL)));
    return complete ? ExitCode.AS_EXPECTED : ExitCode.UNDECIDED;
  }
}
