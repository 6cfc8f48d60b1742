package dev.kstack.model.design;

import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import java.util.List;

/**
 * H25: {@code schedule()} asks the page allocator, both ways. K: mm/page_alloc.c, zone->lock is a
 * {@code spinlock_t}; Documentation/locking/locktypes.rst: on PREEMPT_RT that is a mutex, which
 * must not be taken under a {@code raw_spinlock_t} such as the lock of a run queue.
 */
final class SleepingLocks {
  private SleepingLocks() {}

  /** K: alloc_pages(), where pages are missing. */
  record Allocates(Refill refill) implements Refill {
    @Override
    public String title() {
      return "refill takes the allocator's spinlock_t; " + refill.title();
    }

    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      k.rtSpinLock(m);
      return refill.refill(m, k, cpu, next);
    }
  }

  /** K: __free_pages(). */
  record Frees(SwitchHook hook) implements SwitchHook {
    @Override
    public String title() {
      return "the hook takes the allocator's spinlock_t; " + hook.title();
    }

    @Override
    public List<Decision> parts() {
      return hook.parts();
    }

    @Override
    public void beforeFinishTask(Machine m, Kernel k, int cpu, Task prev) {
      k.rtSpinLock(m);
      hook.beforeFinishTask(m, k, cpu, prev);
    }
  }
}
