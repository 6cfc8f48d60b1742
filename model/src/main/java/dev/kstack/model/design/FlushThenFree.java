package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/**
 * Frames stay out of the pool, and the stack is not refilled, until no TLB knows the old
 * translation. Intel SDM 3A 4.10.4.2 and 4.10.5. The flush waits for other CPUs, so no lock is
 * held.
 */
record FlushThenFree() implements Release {
  @Override
  public String title() {
    return "every TLB is flushed, with no lock held, before the frames are free and before the stack"
        + " may be refilled";
  }

  @Override
  public void beforeExclusionEnds(Machine m, Kernel k, Task task) {
    k.pool().beginFlush(m, task);
  }

  @Override
  public void release(Machine m, Kernel k, Task task, int frames) {
    k.flushIpi().flushTlbKernelRange(m, task.number);
    k.pool().put(m, task, frames);
  }

  @Override
  public boolean flushesThenFrees() {
    return true;
  }
}
