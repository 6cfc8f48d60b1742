package dev.kstack.model.design;

import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.function.IntSupplier;

/**
 * H7: a thread that is not TASK_RUNNING is taken to be off CPU.
 *
 * <pre>
 * C0, running T                      S
 * set_current_state(SLEEPING)
 *                                    T sleeps; clears its never accessed pages
 * schedule(), switch_to() push on T's stack, one page deeper: #PF on the stack, a double fault
 * </pre>
 */
record ByState() implements Exclusion {
  @Override
  public String title() {
    return "the shrinker takes a thread whose state is SLEEPING to be off CPU";
  }

  @Override
  public boolean obeysLocks() {
    return false;
  }

  @Override
  public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
    return m.readOnce(task.state) == Task.SLEEPING ? m.call(WordType.FRAMES, function) : 0;
  }
}
