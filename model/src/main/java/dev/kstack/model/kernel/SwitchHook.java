package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/** What a design does in {@code finish_task_switch()}, on next's stack, to the stack of prev. */
public interface SwitchHook extends Decision {
  /** Before {@code on_cpu} is released: nobody else can run prev yet. */
  default void beforeFinishTask(Machine m, Kernel k, int cpu, Task prev) {}

  /** Is no page ever taken from kswapd, accessed or not? */
  default boolean keepsKswapd() {
    return false;
  }

  /** After {@code on_cpu} and the run queue's lock are released. */
  default void afterFinishLockSwitch(Machine m, Kernel k, int cpu, Task prev) {}
}
