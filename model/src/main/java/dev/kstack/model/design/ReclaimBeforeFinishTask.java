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
 * The proposal: "after context switching out, you take a look". The one place where nobody else can
 * run prev is before its {@code on_cpu} is released; Lutomirski, 11 Mar 2024: "possibly in the
 * *next* task but before the prev task is actually released enough to be run on a different CPU".
 * No TLB can be flushed here: interrupts are off, and so they may be where the flush would have to
 * happen.
 */
record ReclaimBeforeFinishTask(ReclaimTest test) implements SwitchHook {
  @Override
  public String title() {
    return "prev's never accessed pages are reclaimed in finish_task_switch(), before on_cpu is"
        + " released, without a TLB flush; "
        + test.title();
  }

  @Override
  public List<Decision> parts() {
    return List.of(test);
  }

  @Override
  public void beforeFinishTask(Machine m, Kernel k, int cpu, Task prev) {
    int frames = m.call(WordType.FRAMES, () -> test.unmapNeverAccessed(m, k, prev));
    if (frames != 0) {
      k.pool().put(m, prev, frames);
    }
  }
}
