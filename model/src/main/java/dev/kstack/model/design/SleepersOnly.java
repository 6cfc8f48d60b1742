package dev.kstack.model.design;

import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import java.util.List;

/**
 * Who was preempted keeps its whole stack. Whether it was is a question to the run queue, not to
 * {@code __state}: a thread may be preempted between set_current_state() and schedule().
 */
record SleepersOnly(SwitchHook others) implements SwitchHook {
  @Override
  public String title() {
    return "who was preempted keeps its whole stack";
  }

  @Override
  public List<Decision> parts() {
    return List.of(others);
  }

  @Override
  public void beforeFinishTask(Machine m, Kernel k, int cpu, Task prev) {
    if (!k.isQueued(m, cpu, prev)) {
      others.beforeFinishTask(m, k, cpu, prev);
    }
  }
}
