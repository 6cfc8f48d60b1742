package dev.kstack.model.design;

import dev.kstack.model.kernel.Ageing;
import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import java.util.List;

/**
 * What was not accessed since prev was switched out last is reclaimed, and the rest begins anew:
 * the latch opens at each switch. There is no place for the flush that Intel SDM 3A 4.10.4.3 asks
 * for: interrupts are off, as in {@link ReclaimBeforeFinishTask}.
 */
record ReclaimThenAge(ReclaimBeforeFinishTask reclaim, Ageing ageing) implements SwitchHook {
  @Override
  public String title() {
    return reclaim.title() + "; then " + ageing.title();
  }

  @Override
  public List<Decision> parts() {
    return List.of(reclaim.test(), ageing);
  }

  @Override
  public void beforeFinishTask(Machine m, Kernel k, int cpu, Task prev) {
    reclaim.beforeFinishTask(m, k, cpu, prev);
    m.call(() -> ageing.clearAccessed(m, k, prev));
  }
}
