package dev.kstack.checks.explore;

import dev.kstack.model.machine.WordType;

/**
 * What a process has observed in the present activation: a sequence of results, each a value with
 * its type, and marks where a call is open. A call that has returned is one result.
 */
final class History {
  private static final WordType[] TYPES = WordType.values();

  /** Where a call began whose body is still running. */
  static final long MARK = (long) TYPES.length << Integer.SIZE;

  private History() {}

  static long entry(WordType type, int value) {
    return (long) type.ordinal() << Integer.SIZE | value & 0xffffffffL;
  }

  static boolean isMark(long entry) {
    return entry == MARK;
  }

  static WordType type(long entry) {
    return TYPES[(int) (entry >>> Integer.SIZE)];
  }

  static int value(long entry) {
    return (int) entry;
  }
}
