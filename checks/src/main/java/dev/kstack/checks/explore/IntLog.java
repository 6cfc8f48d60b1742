package dev.kstack.checks.explore;

import java.io.IOException;
import java.nio.IntBuffer;
import java.util.Arrays;

/** Numbers, each at its place. It grows chunk by chunk and is never copied. */
final class IntLog {
  private static final int BITS = 16;
  private static final int MASK = (1 << BITS) - 1;

  private final Room room;
  private IntBuffer[] chunks = new IntBuffer[16];
  private int size;

  IntLog(Room room) {
    this.room = room;
  }

  /** Makes room for so many in all, to be {@link #set}; several workers may, each its own. */
  void extend(int newSize) {
    int count = newSize + MASK >>> BITS;
    if (count > chunks.length) {
      chunks = Arrays.copyOf(chunks, 2 * count);
    }
    for (int chunk = size + MASK >>> BITS; chunk < count; chunk++) {
      chunks[chunk] = room.ints(1 << BITS);
    }
    size = newSize;
  }

  void set(int index, int value) {
    chunks[index >>> BITS].put(index & MASK, value);
  }

  int get(int index) {
    return chunks[index >>> BITS].get(index & MASK);
  }

  int size() {
    return size;
  }

  long bytes() {
    return room.memory((long) (size + MASK >>> BITS << BITS) * Integer.BYTES);
  }

  void put(CheckpointOut out) throws IOException {
    out.putInt(size);
    for (int from = 0; from < size; from += 1 << BITS) {
      out.putInts(chunks[from >>> BITS], Math.min(1 << BITS, size - from));
    }
  }

  void take(CheckpointIn in) throws IOException {
    size = in.getInt();
    int count = size + MASK >>> BITS;
    chunks = new IntBuffer[Math.max(16, count)];
    for (int chunk = 0; chunk < count; chunk++) {
      chunks[chunk] = room.ints(1 << BITS);
      in.getInts(chunks[chunk], Math.min(1 << BITS, size - (chunk << BITS)));
    }
  }
}
