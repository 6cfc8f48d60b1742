package dev.kstack.checks.cli;

import dev.kstack.checks.explore.Phase;
import dev.kstack.checks.explore.Progress;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * Where the search is, on stderr: one line that is written again and again on a terminal, a line
 * now and then elsewhere.
 */
final class ProgressLine implements Progress.Listener {
  /** Set by the launcher, which can tell; Java cannot. */
  static final String STDERR_IS_TERMINAL = "kstack.stderr.terminal";

  private static final double SECONDS_BETWEEN_LINES = 5;
  private static final double SECONDS_BETWEEN_REWRITES = 1;
  private static final String ERASE = "\r\033[K";
  private static final double MEBIBYTE = 1 << 20;

  private final PrintWriter err;
  private final boolean terminal;
  private String name = "";
  private long expected;
  private @Nullable Progress shown;
  private boolean onScreen;

  ProgressLine(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** The next search begins. */
  void begin(String nameOfSearch) {
    begin(nameOfSearch, 0);
  }

  /**
   * The next search begins.
   *
   * @param states how many it is known to have; 0 if that is not known
   */
  void begin(String nameOfSearch, long states) {
    name = nameOfSearch;
    expected = states;
    shown = null;
  }

  @Override
  public void progress(Progress p) {
    double since = p.seconds() - (shown == null ? 0 : shown.seconds());
    boolean nextPhase = shown != null && shown.phase() != p.phase();
    if (!nextPhase && since < (terminal ? SECONDS_BETWEEN_REWRITES : SECONDS_BETWEEN_LINES)) {
      return;
    }
    String line =
        "%s: %s".formatted(name, p.phase() == Phase.SEARCH ? search(p, since) : decision(p));
    if (terminal) {
      err.print(ERASE + line);
      onScreen = true;
    } else {
      err.println(line);
    }
    err.flush();
    shown = p;
  }

  private String search(Progress p, double since) {
    double rate = (p.states() - (shown == null ? 0 : shown.states())) / since;
    double steps = (p.transitions() - (shown == null ? 0 : shown.transitions())) / since;
    return "%,d states, %,.0f states/s, %,d transitions, %,.0f transitions/s, depth %d, frontier %,d, %s%s, %.0f s"
        .formatted(
            p.states(),
            rate,
            p.transitions(),
            steps,
            p.depth(),
            p.frontier(),
            memory(p),
            left(p),
            p.seconds());
  }

  private static String decision(Progress p) {
    return "%,d states; %s, %.0f %%, %s, %.0f s"
        .formatted(p.states(), p.phase().text(), 100 * p.done(), memory(p), p.seconds());
  }

  private static String memory(Progress p) {
    return p.mostBytes() == Long.MAX_VALUE
        ? "%,.0f MiB".formatted(p.bytes() / MEBIBYTE)
        : "%,.0f of %,.0f MiB".formatted(p.bytes() / MEBIBYTE, p.mostBytes() / MEBIBYTE);
  }

  /** Where it is known how many states there are: how many of them are found, and when all are. */
  private String left(Progress p) {
    if (expected < p.states() || p.states() == 0) {
      return "";
    }
    double share = (double) p.states() / expected;
    return ", %.0f %%, %.0f s left".formatted(100 * share, p.seconds() * (1 - share) / share);
  }

  /** Before anything else is printed: takes the line off the screen. */
  void clear() {
    if (onScreen) {
      err.print(ERASE);
      err.flush();
      onScreen = false;
    }
  }
}
