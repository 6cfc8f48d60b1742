package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/**
 * Who reads the stack of another thread, at any time and without its locks: an unwinder for {@code
 * /proc/PID/stack} or a backtrace of all CPUs, kmemleak, {@code stack_not_used()}. K:
 * try_get_task_stack() pins the stack, not its pages.
 */
public interface StackReader extends Decision {
  /** Reads something in the page, on the executing CPU. */
  void read(Machine m, Kernel k, Task task, int page);
}
