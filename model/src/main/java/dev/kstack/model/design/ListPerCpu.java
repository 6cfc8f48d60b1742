package dev.kstack.model.design;

import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.FreeList;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Purge;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.RunQueue;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.List;

/**
 * Sebastian Siewior, Feb 2022, moved the freeing of stacks out of {@code finish_task_switch()}: on
 * PREEMPT_RT the allocator's locks sleep. So the hook adds what it unmaps to a list of its CPU,
 * without a lock, and a kworker of that CPU frees it.
 */
record ListPerCpu(ReclaimTest test) implements SwitchHook {
  @Override
  public String title() {
    return "prev's never accessed pages are unmapped in finish_task_switch(), before on_cpu is"
        + " released, and go on a lockless list of the CPU; "
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
      m.call(() -> FreeList.add(m, k.rq(cpu), frames));
    }
  }

  /** The kworkers of all CPUs, where they may sleep. Where its CPU is offline one does not run. */
  record Worker() implements Purge {
    @Override
    public String title() {
      return "a kworker of each CPU frees what is on the CPU's list";
    }

    @Override
    public boolean flushes() {
      return false;
    }

    @Override
    public void purge(Machine m, Kernel k) {
      for (int cpu = 0; cpu < k.cpus(); cpu++) {
        RunQueue rq = k.rq(cpu);
        m.call(() -> freeListOf(m, k, rq));
      }
    }

    private static void freeListOf(Machine m, Kernel k, RunQueue rq) {
      if (!rq.isOnline(m)) {
        return;
      }
      int frames = FreeList.delAll(m, rq);
      if (frames != 0) {
        k.rtSpinLock(m);
        k.pool().put(m, frames);
      }
    }
  }
}
