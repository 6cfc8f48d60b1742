package dev.kstack.model.design;

import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.kernel.ThreadStacks;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;

/**
 * K: try_get_task_stack() before the stack is looked at, put_task_stack() after: no other thread
 * gets it meanwhile, so the locks of the task that the shrinker took from its list are the right
 * ones.
 */
record StackPinned(Exclusion exclusion) implements Exclusion {
  @Override
  public String title() {
    return "the shrinker pins the stack by try_get_task_stack(); " + exclusion.title();
  }

  @Override
  public List<Decision> parts() {
    return List.of(exclusion);
  }

  @Override
  public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
    ThreadStacks stacks = Objects.requireNonNull(k.stacks());
    if (!stacks.tryGetTaskStack(m, task)) {
      return 0;
    }
    int result = m.call(WordType.FRAMES, () -> exclusion.whileOffCpu(m, k, task, function));
    stacks.putTaskStack(m, task);
    return result;
  }
}
