package dev.kstack.checks.explore;

import java.io.IOException;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;

/** States in the order in which they were appended, packed one after the other in large chunks. */
final class StateStore {
  private static final int CHUNK_STATES = 1 << 14;

  private final int longs;
  private final Room room;
  private final List<LongBuffer> chunks = new ArrayList<>();
  private int size;

  StateStore(int longs, Room room) {
    this.longs = longs;
    this.room = room;
  }

  int size() {
    return size;
  }

  long bytes() {
    return room.memory((long) chunks.size() * CHUNK_STATES * longs * Long.BYTES);
  }

  void append(long[] state) {
    extend(size + 1);
    set(size - 1, state, 0);
  }

  /** Makes room for so many states in all, to be {@link #set}. */
  void extend(int newSize) {
    while ((long) chunks.size() * CHUNK_STATES < newSize) {
      chunks.add(room.longs(CHUNK_STATES * longs));
    }
    size = newSize;
  }

  /** Puts a state where there is room for it. Several workers may, each in its own places. */
  void set(int index, long[] from, int at) {
    chunks.get(index / CHUNK_STATES).put(index % CHUNK_STATES * longs, from, at, longs);
  }

  void get(int index, long[] state) {
    chunks.get(index / CHUNK_STATES).get(index % CHUNK_STATES * longs, state, 0, longs);
  }

  boolean holds(int index, long[] states, int from) {
    LongBuffer chunk = chunks.get(index / CHUNK_STATES);
    int at = index % CHUNK_STATES * longs;
    for (int i = 0; i < longs; i++) {
      if (chunk.get(at + i) != states[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** Forgets the states and keeps the chunks for the next ones. */
  void clear() {
    size = 0;
  }

  /** The states from this one on. */
  void put(int first, CheckpointOut out) throws IOException {
    out.putInt(size - first);
    for (int from = first; from < size; ) {
      int at = from % CHUNK_STATES;
      int count = Math.min(CHUNK_STATES - at, size - from);
      out.putLongs(chunks.get(from / CHUNK_STATES), at * longs, count * longs);
      from += count;
    }
  }

  void take(CheckpointIn in) throws IOException {
    extend(in.getInt());
    for (int from = 0; from < size; from += CHUNK_STATES) {
      int count = Math.min(CHUNK_STATES, size - from);
      in.getLongs(chunks.get(from / CHUNK_STATES), 0, count * longs);
    }
  }
}
