package dev.kstack.checks.refine;

/**
 * Steps that were judged before, as pairs of longs; the last ones, in a table that never grows.
 * What it has forgotten is judged again.
 */
final class JudgedSteps {
  static final int UNKNOWN = 0;
  static final int ALLOWED = 1;
  static final int REFUSED = 2;

  private static final int BITS = 13;

  private final long[] one = new long[1 << BITS];
  private final long[] other = new long[1 << BITS];
  private final byte[] verdict = new byte[1 << BITS];

  int get(long o, long p) {
    int slot = slot(o, p);
    return one[slot] == o && other[slot] == p ? verdict[slot] : UNKNOWN;
  }

  void put(long o, long p, boolean allowed) {
    int slot = slot(o, p);
    one[slot] = o;
    other[slot] = p;
    verdict[slot] = (byte) (allowed ? ALLOWED : REFUSED);
  }

  private static int slot(long o, long p) {
    return (int) ((o * 31 + p) * 0x9e3779b97f4a7c15L >>> Long.SIZE - BITS);
  }
}
