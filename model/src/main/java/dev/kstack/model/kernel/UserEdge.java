package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/** What a design does to the stack of a thread that enters the kernel, or leaves it. */
public interface UserEdge extends Decision {
  /**
   * On a stack of the CPU's own, where the thread's is not mapped yet.
   *
   * @return may the thread go on into the kernel? If not, it stays in user mode and tries again
   */
  boolean enter(Machine m, Kernel k, int cpu, Task task);

  /** The thread's stack is empty, and the CPU has left it. */
  void exit(Machine m, Kernel k, int cpu, Task task);

  /** Does a system call leave the kernel to sleep, to be executed again later? */
  default boolean sleepsInUserMode() {
    return false;
  }

  /**
   * May an interrupt in user mode switch to another thread on a stack of the CPU's own? If not, the
   * thread must enter the kernel first, on its own stack.
   */
  default boolean preemptsInUserMode() {
    return true;
  }
}
