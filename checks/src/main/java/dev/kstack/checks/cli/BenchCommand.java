package dev.kstack.checks.cli;

import dev.kstack.checks.bench.AgainstPeers;
import dev.kstack.checks.bench.Benchmark;
import dev.kstack.checks.bench.LockRun;
import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Settings;
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
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  KSTACK_SPIN=/usr/bin/spin KSTACK_TLC=~/tla2tools.jar ./kstack bench --against spin,tlc",
      "  ./kstack bench --rounds 11 --states 10M",
      "  KSTACK_JAVA_OPTS=-Xmx16g ./kstack bench --states 100M   filter lock of 7 processes, too",
      "  KSTACK_JAVA_OPTS=-Xmx14g ./kstack bench --filter-lock 8 --states 1000M --disk /var/tmp/d"
    })
final class BenchCommand implements Callable<Integer> {
  private static final int MOST_PROCESSES = 9;

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
      names = "--filter-lock",
      paramLabel = "N",
      description =
          "Only the filter lock, with N processes, once, with all cores; to the end, or until there"
              + " are so many --states.")
  private @Nullable Integer filterLock;

  @Mixin private DiskArgument disk = new DiskArgument();

  @Option(
      names = "--against",
      paramLabel = "ENGINE",
      split = ",",
      description = {
        "jpf: the explorer beside Java PathFinder, on static and switch-out at the smallest sizes"
            + " that mean something; a minute each at most, or --seconds.",
        "spin, tlc: beside Spin (KSTACK_SPIN says where it is) and TLC (KSTACK_TLC, the jar), on the"
            + " filter lock, with 6 processes or --filter-lock, and on a protocol of stacks."
      })
  private List<Rival> against = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "60",
      description = "With --against: of the other engine, for each model. Default: 60.")
  private double seconds;

  /** Other engines. */
  enum Rival {
    JPF,
    SPIN,
    TLC
  }

  BenchCommand(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() throws IOException {
    if (against.contains(Rival.JPF)) {
      if (against.size() > 1) {
        throw new UsageException("--against jpf: goes alone");
      }
      return againstJpf();
    }
    if (filterLock != null && (filterLock < 2 || filterLock > MOST_PROCESSES)) {
      throw new UsageException(
          "--filter-lock %d: from 2 to %d processes".formatted(filterLock, MOST_PROCESSES));
    }
    if (!against.isEmpty()) {
      return againstPeers(filterLock == null ? Benchmark.PROCESSES : filterLock);
    }
    if (filterLock != null) {
      return filterLock(filterLock);
    }
    if (disk.open() != null) {
      throw new UsageException("--disk: goes with --filter-lock only");
    }
    if (rounds < 1) {
      throw new UsageException("--rounds %d: must be 1 or more".formatted(rounds));
    }
    long most = Math.min(states, Budget.MAX_STATES);
    boolean correct =
        new Benchmark(rounds, most, interrupt::raised, spec.commandLine().getOut()).run();
    return correct ? ExitCode.AS_EXPECTED : ExitCode.NOT_AS_EXPECTED;
  }

  private int filterLock(int processes) {
    boolean all = spec.commandLine().getParseResult().matchedOption("--states") == null;
    long most = all ? Budget.MAX_STATES : Math.min(states, Budget.MAX_STATES);
    Settings settings =
        Settings.DEFAULT
            .withBudget(
                new Budget(
                    most, Double.POSITIVE_INFINITY, new BudgetArguments().toBudget().bytes()))
            .withWorkers(Runtime.getRuntime().availableProcessors())
            .withProgress(
                new ProgressLine(
                    spec.commandLine().getErr(),
                    Boolean.getBoolean(ProgressLine.STDERR_IS_TERMINAL)))
            .withDisk(disk.open())
            .withInterrupted(interrupt::raised);
    boolean correct = new LockRun(processes, settings, spec.commandLine().getOut()).run();
    return correct ? ExitCode.AS_EXPECTED : ExitCode.NOT_AS_EXPECTED;
  }

  private int againstPeers(int processes) throws IOException {
    Settings settings =
        Settings.DEFAULT
            .withWorkers(Runtime.getRuntime().availableProcessors())
            .withInterrupted(interrupt::raised);
    AgainstPeers bench = new AgainstPeers(processes, settings, spec.commandLine().getOut());
    for (Rival rival : EnumSet.copyOf(against)) {
      switch (rival) {
        case SPIN -> bench.spin(System.getenv());
        case TLC -> bench.tlc(System.getenv());
        case JPF -> throw new IllegalStateException();
      }
    }
    return bench.run() ? ExitCode.AS_EXPECTED : ExitCode.NOT_AS_EXPECTED;
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
