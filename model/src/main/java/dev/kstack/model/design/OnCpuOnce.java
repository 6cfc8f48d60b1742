package dev.kstack.model.design;

import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.function.IntSupplier;

/**
 * H8 in the shrinker: {@code on_cpu} is looked at once, and nothing keeps it 0.
 *
 * <pre>
 * S                                  C1
 * T.on_cpu is 0
 *                                    wakes T, finds all its pages present, runs it
 * clears a page that is not accessed
 *                                    T goes one page deeper: #PF on the stack, a double fault
 * </pre>
 */
record OnCpuOnce() implements Exclusion {
  @Override
  public String title() {
    return "the shrinker looks at on_cpu once and takes no lock";
  }

  @Override
  public boolean obeysLocks() {
    return false;
  }

  @Override
  public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
    return m.loadAcquire(task.onCpu) == 0 ? m.call(WordType.FRAMES, function) : 0;
  }
}
