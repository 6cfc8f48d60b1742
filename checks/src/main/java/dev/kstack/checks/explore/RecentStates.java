package dev.kstack.checks.explore;

/**
 * Fingerprints of successors before they got canonical names, the last ones. Two processes that do
 * not disturb each other lead to the same state in either order, and soon after one another: here
 * it is seen before the work of naming is done again.
 */
final class RecentStates {
  private static final int BITS = 16;

  private final long[] slots = new long[1 << BITS];
  private final long[] targets = new long[1 << BITS];
  private final int[] permutations = new int[1 << BITS];
  private int slot;

  private static int slot(long fingerprint) {
    return (int) (fingerprint >>> Long.SIZE - BITS);
  }

  /** Adds a fingerprint, perhaps in place of another. Returns whether it was not there. */
  boolean add(long fingerprint) {
    slot = slot(fingerprint);
    if (slots[slot] == fingerprint) {
      return false;
    }
    slots[slot] = fingerprint;
    return true;
  }

  /** What is known of the state whose fingerprint was added last, now that it has its names. */
  void leadsTo(long target, int permutation) {
    targets[slot] = target;
    permutations[slot] = permutation;
  }

  /** The fingerprint under canonical names of the state that was not added, since it was there. */
  long target() {
    return targets[slot];
  }

  /** The names of tasks in that state: {@link Permutations#key}. */
  int permutation() {
    return permutations[slot];
  }
}
