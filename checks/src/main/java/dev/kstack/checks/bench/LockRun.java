package dev.kstack.checks.bench;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import java.io.PrintWriter;
import java.util.Map;

/**
 * One search of the filter lock at one size: how far the engine gets. Where other model checkers
 * have counted the states, it must find as many.
 */
public final class LockRun {
  private static final double MILLION = 1e6;

  /** What there is, to the last state. */
  private record Known(long states, long transitions, int levels) {}

  private static final Map<Integer, Known> KNOWN =
      Map.of(
          Benchmark.PROCESSES,
          new Known(Benchmark.FILTER_LOCK_STATES, Benchmark.FILTER_LOCK_TRANSITIONS, 51),
          Benchmark.PROCESSES + 1,
          new Known(Benchmark.LARGE_STATES, Benchmark.LARGE_TRANSITIONS, 67));

  private final int processes;
  private final Settings settings;
  private final PrintWriter out;

  /** With so many processes. */
  public LockRun(int processes, Settings settings, PrintWriter out) {
    this.processes = processes;
    this.settings = settings;
    this.out = out;
  }

  /** Returns false if there are other states than there should be. */
  public boolean run() {
    SearchResult result = new Explorer(new FilterLock(processes, false), settings).search();
    int levels = result.depth() + 1;
    out.printf(
        "filter lock, %d processes: %,d states, %,d transitions, %d levels; %s%n",
        processes, result.states(), result.transitions(), levels, result.stop().text());
    out.printf(
        "%.1f s with %d workers: %.2f million states/s, %.2f million transitions/s; %.1f bytes a"
            + " state in the visited set, %s%n",
        result.seconds(),
        settings.workers(),
        result.states() / result.seconds() / MILLION,
        result.transitions() / result.seconds() / MILLION,
        (double) result.visitedBytes() / result.states(),
        settings.disk() == null ? "all in memory" : "the rest on the disk");
    Known known = KNOWN.get(processes);
    boolean correct =
        !result.complete()
            || known == null
            || known.equals(new Known(result.states(), result.transitions(), levels));
    if (!correct) {
      out.printf(
          "WRONG: it has %,d states, %,d transitions and %d levels, as other checkers agree.%n",
          known.states(), known.transitions(), known.levels());
    }
    out.flush();
    return correct;
  }
}
