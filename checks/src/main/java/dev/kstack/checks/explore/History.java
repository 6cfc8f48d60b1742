package dev.kstack.checks.explore;

import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.WordType;
import java.util.Arrays;

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

  /** Of some entries, those that name tasks or frames; a PTE names its frame. */
  static long[] names(long[] observed) {
    return Arrays.stream(observed)
        .filter(entry -> !isMark(entry))
        .map(
            entry ->
                type(entry) == WordType.PTE
                    ? entry(WordType.FRAME, Pte.frame(value(entry)))
                    : entry)
        .filter(
            entry ->
                value(entry) != 0
                    && switch (type(entry)) {
                      case TASK, TASKS, FRAME, FRAMES -> true;
                      case NONE, NUMBER, BOOLEAN, PTE -> false;
                    })
        .toArray();
  }
}
