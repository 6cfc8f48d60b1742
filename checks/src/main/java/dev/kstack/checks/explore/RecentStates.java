package dev.kstack.checks.explore;

/**
 * Fingerprints of successors before they got canonical names, the last ones. Two processes that do
 * not disturb each other lead to the same state in either order, and soon after one another: here
 * it is seen before the work of naming is done again.
 */
final class RecentStates {
  private static final int BITS = 16;

  private final long[] slots = new long[1 << BITS];

  /** Makes what is fetched matter, or no code would be made for it. */
  private long fetched;

  /** Asks memory for what {@link #add} is going to look at. */
  void fetch(Pending states) {
    for (int i = 0; i < states.size(); i++) {
      fetched += slots[slot(states.fingerprint(i))];
    }
  }

  private static int slot(long fingerprint) {
    return (int) (fingerprint >>> Long.SIZE - BITS);
  }

  /** Adds a fingerprint, perhaps in place of another. Returns whether it was not there. */
  boolean add(long fingerprint) {
    int slot = slot(fingerprint);
    if (slots[slot] == fingerprint) {
      return false;
    }
    slots[slot] = fingerprint;
    return true;
  }
}
