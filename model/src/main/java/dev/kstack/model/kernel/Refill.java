package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/** How the stack of the next thread gets its missing pages, in {@code schedule()}. */
public interface Refill extends Decision {
  /**
   * Runs on prev's stack with interrupts off and the run queue's lock held, so it must neither
   * sleep nor wait nor wake kswapd.
   *
   * @return may {@code next} run? If not, it is parked
   */
  boolean refill(Machine m, Kernel k, int cpu, Task next);

  /** Does a thread run only with all of its pages? */
  default boolean fillsAll() {
    return true;
  }

  /** Where in {@code schedule()} that is. */
  default RefillMoment moment() {
    return RefillMoment.LAST;
  }

  /** May another CPU pull a thread that this one could not fill? */
  default ParkedThreads parkedThreads() {
    return ParkedThreads.MOVE;
  }
}
