package dev.kstack.model.hardware;

import dev.kstack.model.machine.Machine;

/** The kernel's handler of a fault on a kernel stack: K: arch/x86/mm/fault.c. */
@FunctionalInterface
public interface PageFault {
  /**
   * The CPU, which runs the task, has touched a page that is not present; it will touch it again.
   */
  void handle(Machine m, int cpu, int task, int page);
}
