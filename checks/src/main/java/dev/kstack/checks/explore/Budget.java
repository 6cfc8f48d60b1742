package dev.kstack.checks.explore;

/**
 * What a search may use. When one of them is used up, the search ends and what it has not decided
 * is undecided.
 *
 * @param states the most states
 * @param seconds the most wall-clock time
 * @param bytes the most memory for states, in bytes
 */
public record Budget(long states, double seconds, long bytes) {
  /** States are numbered by ints. */
  public static final long MAX_STATES = Integer.MAX_VALUE - 8;

  public static final Budget UNLIMITED =
      new Budget(MAX_STATES, Double.POSITIVE_INFINITY, Long.MAX_VALUE);
}
