package dev.kstack.checks.cli;

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
  private @Nullable Progress shown;
  private boolean onScreen;

  ProgressLine(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  /** The next search begins. */
  void begin(String nameOfSearch) {
    name = nameOfSearch;
    shown = null;
  }

  @Override
  public void progress(Progress p) {
    double since = p.seconds() - (shown == null ? 0 : shown.seconds());
    if (since < (terminal ? SECONDS_BETWEEN_REWRITES : SECONDS_BETWEEN_LINES)) {
      return;
    }
    double rate = (p.states() - (shown == null ? 0 : shown.states())) / since;
    String line =
        "%s: %,d states, %,.0f states/s, %,d transitions, depth %d, frontier %,d, %,.0f MiB, %.0f s"
            .formatted(
                name,
                p.states(),
                rate,
                p.transitions(),
                p.depth(),
                p.frontier(),
                p.bytes() / MEBIBYTE,
                p.seconds());
    if (terminal) {
      err.print(ERASE + line);
      onScreen = true;
    } else {
      err.println(line);
    }
    err.flush();
    shown = p;
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
