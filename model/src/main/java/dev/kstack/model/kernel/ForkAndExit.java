package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/**
 * K: kernel/fork.c: how a stack is filled for a new thread, and what is done to that of a dead one.
 */
public interface ForkAndExit extends Decision {
  /**
   * K: alloc_thread_stack_node(). The stack is the caller's alone, and no lock is held.
   *
   * @return is it fully mapped now? If not, fork() fails
   */
  boolean fill(Machine m, Kernel k, Task stack);

  /**
   * K: thread_stack_delayed_free(), where {@code cached_stacks} is full: the stack is queued for a
   * later vfree(). On the CPU that switched the thread out for the last time.
   */
  void queueForVfree(Machine m, Kernel k, Task stack);
}
