package dev.kstack.checks.bench;

import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.refine.RefiningProgram;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Sizes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * How fast the explorer is, with one worker and with two: on a design, and on the Peterson filter
 * lock beside a search that is made for it alone.
 */
public final class Benchmark {
  public static final int PROCESSES = 6;

  /** On which Spin, TLC and rumur agree. */
  static final long FILTER_LOCK_STATES = 1_827_936;

  static final long FILTER_LOCK_TRANSITIONS = 6_803_688;

  /** The same with one process more. */
  static final long LARGE_STATES = 41_512_352;

  static final long LARGE_TRANSITIONS = 174_214_145;

  private static final int CPUS = 3;
  private static final int THREADS = 3;
  private static final int PAGES = 2;
  private static final double MILLION = 1e6;

  private final int rounds;
  private final long states;
  private final BooleanSupplier interrupted;
  private final PrintWriter out;

  /**
   * A benchmark.
   *
   * @param rounds that are measured, after one that is not
   * @param states after which a search of the design is cut off; if it is enough, the filter lock
   *     is searched with one process more
   * @param interrupted true ends it
   * @param out where it reports
   */
  public Benchmark(int rounds, long states, BooleanSupplier interrupted, PrintWriter out) {
    this.rounds = rounds;
    this.states = states;
    this.interrupted = interrupted;
    this.out = out;
  }

  /** Runs it. Returns false if the filter lock has other states than it should have. */
  public boolean run() {
    Settings settings = Settings.DEFAULT.withInterrupted(interrupted);
    out.printf(
        "Medians of %d rounds after one to warm up. Java %s, %d processors, %,d MiB of"
            + " heap.%n%n",
        rounds,
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20);
    out.printf(
        "%-42s %12s %12s %10s %10s %8s %10s%n",
        "", "", "", "million", "million", "bytes a", "allocated,");
    out.printf(
        "%-42s %12s %12s %10s %10s %8s %10s%n",
        "search", "states", "transitions", "states/s", "trans./s", "state", "a trans.");
    String design = "switch-out, %d CPUs, %d threads, %d pages".formatted(CPUS, THREADS, PAGES);
    Settings bounded =
        settings.withBudget(new Budget(states, Double.POSITIVE_INFINITY, Long.MAX_VALUE));
    Medians one = measure(Contestant.explorer(design, Benchmark::switchOut, bounded));
    Medians two =
        measure(
            Contestant.explorer(
                "the same, 2 workers", Benchmark::switchOut, bounded.withWorkers(2)));
    measure(
        Contestant.explorer(
            "the same, held against the specification",
            () -> new RefiningProgram(switchOut()),
            bounded));
    measure(
        Contestant.explorer(
            "the same, every operation a step",
            Benchmark::switchOut,
            bounded.withReductions(Reductions.NONE)));
    Medians ours =
        measure(
            Contestant.explorer(
                "filter lock, %d processes".formatted(PROCESSES),
                () -> new FilterLock(PROCESSES, false),
                settings));
    Medians ours2 =
        measure(
            Contestant.explorer(
                "the same, 2 workers",
                () -> new FilterLock(PROCESSES, false),
                settings.withWorkers(2)));
    measure(
        Contestant.explorer(
            "stack protocol, every operation a step",
            StackProtocol::new,
            settings.withReductions(Reductions.NONE)));
    Medians hand = measure(Contestant.handPacked("filter lock, packed by hand", PROCESSES));
    if (interrupted.getAsBoolean()) {
      out.println("Interrupted.");
      out.flush();
      return true;
    }
    out.printf(
        "%nOn the filter lock, the search packed by hand is %.1f times as fast as the explorer.%n",
        hand.of(Round::statesPerSecond) / ours.of(Round::statesPerSecond));
    out.printf(
        "Two workers are %.2f times as fast as one on switch-out, %.2f times on the filter lock.%n",
        two.of(Round::statesPerSecond) / one.of(Round::statesPerSecond),
        ours2.of(Round::statesPerSecond) / ours.of(Round::statesPerSecond));
    out.println(
        "A transition is a transaction of several operations, but where every operation is a step.");
    out.println("Bytes a state: of the visited set. Allocated: with the tables as they grow.");
    out.flush();
    return correct(ours, FILTER_LOCK_STATES, FILTER_LOCK_TRANSITIONS)
        && correct(ours2, FILTER_LOCK_STATES, FILTER_LOCK_TRANSITIONS)
        && correct(hand, FILTER_LOCK_STATES, FILTER_LOCK_TRANSITIONS)
        && (states < LARGE_STATES || correct(large(settings), LARGE_STATES, LARGE_TRANSITIONS));
  }

  private static Kernel switchOut() {
    Design design =
        Designs.ALL.stream().filter(d -> d.name().equals("switch-out")).findFirst().orElseThrow();
    int frames = design.sizes().frames().frames(THREADS, PAGES);
    Sizes sizes = new Sizes(CPUS, THREADS, PAGES, frames, 0, 1);
    return new Kernel(sizes, design.decisions(), Assumptions.of(Hardware.MANUALS));
  }

  /** Once, and with all cores: it takes a minute and a gigabyte. */
  private Medians large(Settings settings) {
    int cores = Runtime.getRuntime().availableProcessors();
    Contestant contestant =
        Contestant.explorer(
            "filter lock, %d processes, %d workers".formatted(PROCESSES + 1, cores),
            () -> new FilterLock(PROCESSES + 1, false),
            settings.withWorkers(cores));
    Medians medians = new Medians(List.of(contestant.run()));
    report(contestant, medians);
    return medians;
  }

  private Medians measure(Contestant contestant) {
    contestant.run();
    List<Round> measured = new ArrayList<>();
    for (int i = 0; i < rounds && (i == 0 || !interrupted.getAsBoolean()); i++) {
      measured.add(contestant.run());
    }
    Medians medians = new Medians(measured);
    if (interrupted.getAsBoolean()) {
      return medians; // of searches that were cut off: not worth a line
    }
    report(contestant, medians);
    return medians;
  }

  private void report(Contestant contestant, Medians medians) {
    double bytes = medians.of(Round::visitedBytesPerState);
    out.printf(
        "%-42s %,12d %,12d %10.2f %10.2f %8s %10.1f%n",
        contestant.name(),
        medians.states(),
        medians.transitions(),
        medians.of(Round::statesPerSecond) / MILLION,
        medians.of(Round::transitionsPerSecond) / MILLION,
        bytes == 0 ? "" : "%.1f".formatted(bytes),
        medians.of(Round::allocatedBytesPerTransition));
    out.flush();
  }

  private boolean correct(Medians filterLock, long wantedStates, long wantedTransitions) {
    boolean correct =
        interrupted.getAsBoolean()
            || filterLock.states() == wantedStates && filterLock.transitions() == wantedTransitions;
    if (!correct) {
      out.printf(
          "WRONG: the filter lock has %,d states and %,d transitions, as other checkers agree.%n",
          wantedStates, wantedTransitions);
      out.flush();
    }
    return correct;
  }
}
