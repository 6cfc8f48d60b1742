package dev.kstack.model.kernel;

import java.util.List;

/**
 * One decision of a design, a small strategy with a telling name. The kernel calls it where the
 * design leaves a choice. It holds no state.
 */
public interface Decision {
  /** One line for people: what is decided. */
  String title();

  /** The decisions that it is made of, besides itself. */
  default List<Decision> parts() {
    return List.of();
  }

  /** Does it touch a task's words and stack only with the locks that the scheduler expects? */
  default boolean obeysLocks() {
    return true;
  }

  /**
   * Must it do at least one operation in a search, or the search proves nothing about the design?
   */
  default boolean acts() {
    return true;
  }
}
