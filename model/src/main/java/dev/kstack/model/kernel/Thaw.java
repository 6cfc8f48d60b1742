package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/**
 * What becomes of a wakeup that finds its thread frozen, because pages of its stack were taken: see
 * {@link Freezer}.
 */
public interface Thaw extends Decision {
  /** How many fillers there are, each with a list of its own. */
  default int fillers() {
    return 1;
  }

  /** Is it only who is first on the list that is filled? */
  default boolean inLine() {
    return true;
  }

  /** With pi_lock held, in {@code try_to_wake_up()}. */
  void wakeupOfFrozen(Machine m, Kernel k, Task task);

  /**
   * K: mark_oom_victim(), which thaws who is frozen. With pi_lock held, where anybody is killed.
   */
  default void killed(Machine m, Kernel k, Task task) {}

  /** By the filler, of a thread on its list, with no lock held. */
  void fill(Machine m, Kernel k, Task task);
}
