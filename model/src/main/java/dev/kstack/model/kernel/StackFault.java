package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/**
 * What happens when a thread touches a page of its stack that is not present. It may happen
 * anywhere, also with the run queue's lock held: nothing here may take a lock or wait.
 */
public interface StackFault extends Decision {
  /** Maps the page, or panics. */
  void serve(Machine m, Kernel k, int cpu, Task task, int page);
}
