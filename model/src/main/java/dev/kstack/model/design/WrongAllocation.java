package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/**
 * Three ways of asking for memory that {@code schedule()} cannot afford: it holds the run queue's
 * lock, with interrupts off. Each first tries as {@link AllOrNothing} does.
 */
enum WrongAllocation implements Refill {
  /**
   * H11: GFP_NOWAIT and GFP_ATOMIC include __GFP_KSWAPD_RECLAIM: the allocator wakes kswapd, which
   * takes the lock of kswapd's run queue.
   */
  WAKES_KSWAPD("refill wakes kswapd when the pool has too few frames") {
    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      boolean filled = ALL_OR_NOTHING.refill(m, k, cpu, next);
      if (!filled) {
        k.wakeupKswapd(m);
      }
      return filled;
    }
  },

  /** H12: the slow path of the allocator sleeps until somebody gives frames back. */
  SLEEPS("refill sleeps until frames are given back, and then tries once more") {
    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      if (ALL_OR_NOTHING.refill(m, k, cpu, next)) {
        return true;
      }
      k.sleepUntilFramesAreFree(m, cpu);
      return ALL_OR_NOTHING.refill(m, k, cpu, next);
    }
  },

  /**
   * H15: the pool is asked, and the CPU notes that it waits only after that, without asking again.
   *
   * <pre>
   * C0                                 S
   * finds too few frames
   *                                    gives some back; nobody waits, so it kicks nobody
   * notes that it waits, parks T, idles
   * </pre>
   */
  NOTES_TOO_LATE("refill asks the pool, and notes afterwards that the CPU waits") {
    @Override
    public boolean refill(Machine m, Kernel k, int cpu, Task next) {
      boolean filled = new AllOrNothing().refill(m, k, Kernel.NO_CPU, next);
      if (!filled) {
        k.pool().noteWaiting(m, cpu);
      }
      return filled;
    }
  };

  private static final Refill ALL_OR_NOTHING = new AllOrNothing();

  private final String title;

  WrongAllocation(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }
}
