package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/**
 * Five wrong orders of clearing, flushing and freeing. All begin with a CPU C1 whose TLB got f by
 * speculation ({@code spec-fill}), but for the last, which needs no TLB entry at all.
 */
enum WrongRelease implements Release {
  /** H4: S clears the PTE and frees f. T gets f2 and runs on C1, whose TLB says f. */
  NO_FLUSH("the frames are free at once; no TLB is flushed") {
    @Override
    public void release(Machine m, Kernel k, Task task, int frames) {
      k.pool().put(m, task, frames);
    }
  },

  /** H5: S clears the PTE, frees f, and T gets f2 and runs on C1 before S has flushed its TLB. */
  FREE_THEN_FLUSH("the frames are free, and then every TLB is flushed") {
    @Override
    public void release(Machine m, Kernel k, Task task, int frames) {
      k.pool().put(m, task, frames);
      k.flushIpi().flushTlbKernelRange(m, task.number);
    }
  },

  /**
   * H6: S keeps f until all have flushed, but T gets f2 meanwhile and runs on C1: its TLB says f.
   */
  REFILL_WHILE_FLUSHING("every TLB is flushed before the frames are free, but T may be refilled") {
    @Override
    public void release(Machine m, Kernel k, Task task, int frames) {
      k.flushIpi().flushTlbKernelRange(m, task.number);
      k.pool().put(m, task, frames);
    }
  },

  /**
   * H30: S flushes A. S2 has unmapped a page of B, sees that a flush is under way, waits for it and
   * frees the frame: no TLB has forgotten B.
   */
  FLUSH_SKIPPED("no flush is sent where one is under way, of whatever stack") {
    @Override
    public void beforeExclusionEnds(Machine m, Kernel k, Task task) {
      k.pool().beginFlush(m, task);
    }

    @Override
    public void release(Machine m, Kernel k, Task task, int frames) {
      k.flushIpi().flushUnlessUnderWay(m, task.number);
      k.pool().put(m, task, frames);
    }
  },

  /** H10: S waits for C0's flush with T's locks held; C0 spins on one of them, interrupts off. */
  FLUSH_UNDER_LOCK("every TLB is flushed with pi_lock, and perhaps the rq lock, still held") {
    @Override
    public void beforeExclusionEnds(Machine m, Kernel k, Task task) {
      k.flushIpi().flushTlbKernelRange(m, task.number);
    }

    @Override
    public void release(Machine m, Kernel k, Task task, int frames) {
      k.pool().put(m, task, frames);
    }
  };

  private final String title;

  WrongRelease(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }
}
