package dev.kstack.checks.cli;

import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.report.UsageException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What each search may use. */
final class BudgetArguments {
  private static final double SHARE_OF_HEAP = 0.7;
  private static final int MEBI_BITS = 20;

  @Option(
      names = "--states",
      paramLabel = "N",
      converter = CountConverter.class,
      description = "The most states, such as 500k or 10M.")
  private @Nullable Long states;

  @Option(names = "--seconds", paramLabel = "N", description = "The most time.")
  private @Nullable Double seconds;

  @Option(
      names = "--memory",
      paramLabel = "N",
      converter = BytesConverter.class,
      description = "The most memory for states, such as 800M or 4G. Default: 70%% of the heap.")
  private @Nullable Long memory;

  Budget toBudget() {
    return toBudget(Double.POSITIVE_INFINITY);
  }

  /** With so many seconds where the user does not say. */
  Budget toBudget(double defaultSeconds) {
    if (seconds != null && !(seconds > 0)) {
      throw new UsageException("--seconds %s: must be more than 0".formatted(seconds));
    }
    return new Budget(
        states == null ? Budget.MAX_STATES : states,
        seconds == null ? defaultSeconds : seconds,
        memory == null ? (long) (SHARE_OF_HEAP * Runtime.getRuntime().maxMemory()) : memory);
  }

  /** The seconds, or so many where the user does not say. */
  double seconds(double defaultSeconds) {
    return toBudget(defaultSeconds).seconds();
  }

  /** The memory of another JVM, or so much where the user does not say. */
  long memory(long defaultBytes) {
    return memory == null ? defaultBytes : memory;
  }

  void warnOfSmallHeap(PrintWriter err) {
    long heap = Runtime.getRuntime().maxMemory();
    if (memory != null && memory > heap) {
      err.printf(
          "kstack: note: --memory is more than the heap of this JVM, %,d MiB; for a larger one:"
              + " KSTACK_JAVA_OPTS=-Xmx%dm%n",
          heap >> MEBI_BITS, (long) (memory / SHARE_OF_HEAP) >> MEBI_BITS);
    }
  }
}
