package dev.kstack.model.design;

import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.List;

/**
 * H4 at switch-out: the only flush that is possible there is the CPU's own.
 *
 * <pre>
 * C1, speculating                    C0, after switching T out
 * fills its TLB with f, A stays 0
 *                                    cmpxchg(PTE, P|f, 0) succeeds; flushes its own TLB; frees f
 * T runs here on a fresh frame; the TLB still says f
 * </pre>
 */
record FlushThisCpuOnly(ReclaimTest test) implements SwitchHook {
  @Override
  public String title() {
    return "as switch-out, and this CPU's TLB is flushed before the frames are free";
  }

  @Override
  public List<Decision> parts() {
    return List.of(test);
  }

  @Override
  public void beforeFinishTask(Machine m, Kernel k, int cpu, Task prev) {
    int frames = m.call(WordType.FRAMES, () -> test.unmapNeverAccessed(m, k, prev));
    if (frames != 0) {
      k.mmu().flushLocal(m, prev.number);
      k.pool().put(m, prev, frames);
    }
  }
}
