package dev.kstack.checks.explore;

import java.nio.IntBuffer;

/** As many numbers as are asked for, all 0 at first. */
final class IntTable {
  /** No buffer of a file may be longer than 2 GiB. */
  private static final int BITS = 28;

  private static final int MASK = (1 << BITS) - 1;

  private final IntBuffer[] pieces;

  IntTable(int size, Room room) {
    pieces = new IntBuffer[(int) (((long) size + MASK) >>> BITS)];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = room.ints(Math.min(1 << BITS, size - (i << BITS)));
    }
  }

  int get(int index) {
    return pieces[index >>> BITS].get(index & MASK);
  }

  void set(int index, int value) {
    pieces[index >>> BITS].put(index & MASK, value);
  }

  /** What it was before. */
  int increment(int index) {
    int value = get(index);
    set(index, value + 1);
    return value;
  }
}
