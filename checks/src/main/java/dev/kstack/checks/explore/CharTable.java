package dev.kstack.checks.explore;

import java.nio.CharBuffer;

/** As many numbers of 16 bits as are asked for, all 0 at first. */
final class CharTable {
  /** No buffer of a file may be longer than 2 GiB. */
  private static final int BITS = 29;

  private static final int MASK = (1 << BITS) - 1;

  private final CharBuffer[] pieces;

  CharTable(int size, Room room) {
    pieces = new CharBuffer[(int) (((long) size + MASK) >>> BITS)];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = room.chars(Math.min(1 << BITS, size - (i << BITS)));
    }
  }

  char get(int index) {
    return pieces[index >>> BITS].get(index & MASK);
  }

  void set(int index, char value) {
    pieces[index >>> BITS].put(index & MASK, value);
  }
}
