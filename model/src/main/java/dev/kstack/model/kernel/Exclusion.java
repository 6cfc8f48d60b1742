package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;
import java.util.function.IntSupplier;

/** How the shrinker keeps the scheduler from running the thread whose stack it scans. */
public interface Exclusion extends Decision {
  /**
   * Runs the function while the task is off CPU and stays so.
   *
   * @return what the function returned; 0 if the task is on a CPU and the function was not called
   */
  int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function);
}
