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
 * H8 at switch-out: the hook stands after {@code finish_task()}, where prev is anybody's.
 *
 * <pre>
 * C0, after switching T out          C1
 * releases on_cpu, the rq lock
 *                                    wakes T, finds all its pages present, runs it
 * clears a page that is not accessed
 *                                    T goes one page deeper: #PF on the stack, a double fault
 * </pre>
 */
record ReclaimAfterFinishTask(ReclaimTest test) implements SwitchHook {
  @Override
  public String title() {
    return "prev's never accessed pages are reclaimed after on_cpu and the rq lock are released";
  }

  @Override
  public List<Decision> parts() {
    return List.of(test);
  }

  @Override
  public boolean obeysLocks() {
    return false;
  }

  @Override
  public void afterFinishLockSwitch(Machine m, Kernel k, int cpu, Task prev) {
    int frames = m.call(WordType.FRAMES, () -> test.unmapNeverAccessed(m, k, prev));
    if (frames != 0) {
      k.pool().put(m, prev, frames);
    }
  }
}
