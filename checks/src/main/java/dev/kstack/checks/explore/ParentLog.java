package dev.kstack.checks.explore;

import dev.kstack.model.machine.ModelError;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How each state was found first: the number of the state before it, and which of that state's
 * steps led to it. Six bytes a state; enough to find the way to any of them again.
 */
final class ParentLog {
  private static final int CHUNK = 1 << 16;

  private final Room room;
  private final List<IntBuffer> parents = new ArrayList<>();
  private final List<CharBuffer> ordinals = new ArrayList<>();
  private int size;

  ParentLog(Room room) {
    this.room = room;
  }

  /** The next state was found by this step of that state; -1 for the first. */
  void append(int parent, int ordinal) {
    extend(size + 1);
    set(size - 1, parent, ordinal);
  }

  private static void requireRoom(int ordinal) {
    if (ordinal > Character.MAX_VALUE) {
      throw new ModelError("a state has more than %d steps".formatted((int) Character.MAX_VALUE));
    }
  }

  /** Makes room for so many states in all, to be {@link #set}. */
  void extend(int newSize) {
    while ((long) parents.size() * CHUNK < newSize) {
      parents.add(room.ints(CHUNK));
      ordinals.add(room.chars(CHUNK));
    }
    size = newSize;
  }

  /** What {@link #append} says, of a state for which there is room. */
  void set(int state, int parent, int ordinal) {
    requireRoom(ordinal);
    parents.get(state / CHUNK).put(state % CHUNK, parent);
    ordinals.get(state / CHUNK).put(state % CHUNK, (char) ordinal);
  }

  int size() {
    return size;
  }

  long bytes() {
    return room.memory((long) parents.size() * CHUNK * (Integer.BYTES + Character.BYTES));
  }

  /** The steps from the first state to this one. */
  int[] pathTo(int state) {
    int length = 0;
    for (int s = state; parent(s) >= 0; s = parent(s)) {
      length++;
    }
    int[] path = new int[length];
    for (int s = state; parent(s) >= 0; s = parent(s)) {
      path[--length] = ordinals.get(s / CHUNK).get(s % CHUNK);
    }
    return path;
  }

  private int parent(int state) {
    return parents.get(state / CHUNK).get(state % CHUNK);
  }

  void put(CheckpointOut out) throws IOException {
    out.putInt(size);
    for (int from = 0; from < size; from += CHUNK) {
      out.putInts(parents.get(from / CHUNK), Math.min(CHUNK, size - from));
      out.putChars(ordinals.get(from / CHUNK), Math.min(CHUNK, size - from));
    }
  }

  void take(CheckpointIn in) throws IOException {
    extend(in.getInt());
    for (int from = 0; from < size; from += CHUNK) {
      in.getInts(parents.get(from / CHUNK), Math.min(CHUNK, size - from));
      in.getChars(ordinals.get(from / CHUNK), Math.min(CHUNK, size - from));
    }
  }
}
