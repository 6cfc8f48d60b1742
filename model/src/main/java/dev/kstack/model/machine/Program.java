package dev.kstack.model.machine;

import dev.kstack.spec.Property;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A closed system to be explored: words, the processes that share them, how it begins, and what is
 * claimed of it.
 */
public interface Program {
  Layout layout();

  /** In the order of their numbers, from 0. */
  List<Process> processes();

  /** Sets the words of the initial state. */
  void init(Memory memory);

  /**
   * Checks one state. The claims that do not hold in it are raised on the memory; those whose
   * situation came up are noted as premises.
   */
  void check(Memory memory);

  /**
   * Sets words whose values nobody will read before they are written again to one value, so that
   * states which differ only in them are one.
   *
   * @param resting the processes that are between two activations, a bit each
   */
  default void forget(Memory memory, int resting) {}

  /** Who looks at every operation on the memory. */
  default Observer observer(Memory memory) {
    return Observer.NONE;
  }

  /** What is claimed of the progress of tasks; null where nothing is. */
  default @Nullable TaskProgress progress() {
    return null;
  }

  /** The property that a deadlock breaks; null where ending is no defect. */
  @Nullable Property deadlock();
}
