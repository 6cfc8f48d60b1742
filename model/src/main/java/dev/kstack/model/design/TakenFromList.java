package dev.kstack.model.design;

import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * H18: the shrinker takes a task from its list, and locks it later. The task is kept, its stack is
 * not.
 *
 * <pre>
 * S                                  C0, F
 * takes T from its list
 *                                    T dies; its stack is cached; U is born with it
 * locks T: it is off CPU
 *                                    switches U in, all pages are there
 * clears P in U's PTE
 * </pre>
 */
record TakenFromList(Exclusion exclusion) implements Exclusion {
  @Override
  public String title() {
    return "the shrinker takes the task from its list without a reference on the stack; "
        + exclusion.title();
  }

  @Override
  public List<Decision> parts() {
    return List.of(exclusion);
  }

  @Override
  public boolean obeysLocks() {
    return false;
  }

  @Override
  public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
    int taken = m.readOnce(task.incarnation());
    if (m.readOnce(task.stackRefcount()) == 0) {
      return 0; // not on the list
    }
    if (m.readOnce(task.incarnation()) != taken) {
      // The locks of a dead task: nobody contends for them, and nobody is excluded.
      return m.call(WordType.FRAMES, function);
    }
    return m.call(WordType.FRAMES, () -> exclusion.whileOffCpu(m, k, task, function));
  }
}
