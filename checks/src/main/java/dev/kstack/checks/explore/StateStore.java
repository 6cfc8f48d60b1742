package dev.kstack.checks.explore;

import java.util.ArrayList;
import java.util.List;

/** States in the order in which they were appended, packed one after the other in large chunks. */
final class StateStore {
  private static final int CHUNK_STATES = 1 << 14;

  private final int longs;
  private final List<long[]> chunks = new ArrayList<>();
  private int size;

  StateStore(int longs) {
    this.longs = longs;
  }

  int size() {
    return size;
  }

  long bytes() {
    return (long) chunks.size() * CHUNK_STATES * longs * Long.BYTES;
  }

  void append(long[] state) {
    int chunk = size / CHUNK_STATES;
    if (chunk == chunks.size()) {
      chunks.add(new long[CHUNK_STATES * longs]);
    }
    System.arraycopy(state, 0, chunks.get(chunk), size % CHUNK_STATES * longs, longs);
    size++;
  }

  /** Makes room for so many states in all, to be {@link #set}. */
  void extend(int newSize) {
    while ((long) chunks.size() * CHUNK_STATES < newSize) {
      chunks.add(new long[CHUNK_STATES * longs]);
    }
    size = newSize;
  }

  /** Puts a state where there is room for it. Several workers may, each in its own places. */
  void set(int index, long[] from, int at) {
    System.arraycopy(
        from, at, chunks.get(index / CHUNK_STATES), index % CHUNK_STATES * longs, longs);
  }

  void get(int index, long[] state) {
    System.arraycopy(
        chunks.get(index / CHUNK_STATES), index % CHUNK_STATES * longs, state, 0, longs);
  }

  boolean holds(int index, long[] states, int from) {
    long[] chunk = chunks.get(index / CHUNK_STATES);
    int at = index % CHUNK_STATES * longs;
    for (int i = 0; i < longs; i++) {
      if (chunk[at + i] != states[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** Forgets the states and keeps the chunks for the next ones. */
  void clear() {
    size = 0;
  }
}
