package dev.kstack.checks.compare;

/**
 * How many operations something takes.
 *
 * @param least the fewest
 * @param most the most
 * @param leastLocked the fewest of those that lock the bus
 * @param mostLocked the most of them
 */
public record OperationCount(int least, int most, int leastLocked, int mostLocked) {
  static final OperationCount NEVER =
      new OperationCount(
          Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE);

  OperationCount and(int operations, int locked) {
    return new OperationCount(
        Math.min(least, operations),
        Math.max(most, operations),
        Math.min(leastLocked, locked),
        Math.max(mostLocked, locked));
  }

  /** Did it ever happen? */
  public boolean happened() {
    return least <= most;
  }

  /** What this takes more than that, at the least and at the most. */
  public OperationCount minus(OperationCount that) {
    return new OperationCount(
        least - that.least,
        most - that.most,
        leastLocked - that.leastLocked,
        mostLocked - that.mostLocked);
  }
}
