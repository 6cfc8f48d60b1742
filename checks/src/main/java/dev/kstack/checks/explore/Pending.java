package dev.kstack.checks.explore;

/**
 * Steps whose successors wait to be looked up, in the order in which they were found. They are
 * looked up together because each look-up waits for memory: a processor waits for several at once
 * if nothing between them depends on the answers.
 */
final class Pending {
  private static final int CAPACITY = 32;

  private final long[][] states;
  private final long[] fingerprints = new long[CAPACITY];
  private final int[] parents = new int[CAPACITY];
  private final int[] ordinals = new int[CAPACITY];
  private int size;

  Pending(int longs) {
    states = new long[CAPACITY][longs];
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == CAPACITY;
  }

  /** Adds the step of a state; its successor is copied. */
  void add(int parent, int ordinal, long[] successor, long fingerprint) {
    System.arraycopy(successor, 0, states[size], 0, successor.length);
    fingerprints[size] = fingerprint;
    parents[size] = parent;
    ordinals[size] = ordinal;
    size++;
  }

  /** Keeps the step in place of an earlier one that is not needed any more. */
  void keep(int from, int to, long fingerprint) {
    long[] state = states[from];
    states[from] = states[to];
    states[to] = state;
    fingerprints[to] = fingerprint;
    parents[to] = parents[from];
    ordinals[to] = ordinals[from];
  }

  /** Keeps only the first ones. */
  void truncate(int newSize) {
    size = newSize;
  }

  long[] state(int i) {
    return states[i];
  }

  long fingerprint(int i) {
    return fingerprints[i];
  }

  int parent(int i) {
    return parents[i];
  }

  int ordinal(int i) {
    return ordinals[i];
  }
}
