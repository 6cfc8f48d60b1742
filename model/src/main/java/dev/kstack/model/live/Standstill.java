package dev.kstack.model.live;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for whom, among processes that hold or await locks: those that wait for each other do
 * so for ever.
 */
final class Standstill {
  private Standstill() {}

  /**
   * The processes that wait for ever, a bit each.
   *
   * @param waiting what each process waits for; null if it does not, or may do something else
   */
  static int of(@Nullable Waiting[] waiting, Memory memory) {
    int dead = 0;
    for (int p = 0; p < waiting.length; p++) {
      Waiting wait = waiting[p];
      dead |= wait != null && wait.awaits() != null ? 1 << p : 0;
    }
    for (int before = -1; before != dead; ) {
      before = dead;
      for (int p = 0; p < waiting.length; p++) {
        Waiting wait = waiting[p];
        if ((dead & 1 << p) != 0 && wait != null && (answers(wait, memory) & dead) == 0) {
          dead &= ~(1 << p);
        }
      }
    }
    return dead;
  }

  /** Who must act, all of them, before the wait is over. */
  private static int answers(Waiting wait, Memory memory) {
    Word word = wait.awaits();
    if (word == null) {
      return 0;
    }
    int value = memory.get(word);
    return wait.locks() ? value == 0 ? 0 : 1 << value - 1 : word.answeredBy(memory);
  }
}
