package dev.kstack.checks.mutate;

import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Mistakes in when the shrinker flushes. */
enum WrongFlush implements Release {
  /** What keeps a stack from being refilled comes when the thread may be refilled already. */
  ANNOUNCED_TOO_LATE {
    @Override
    public void release(Machine m, Kernel k, Task task, int frames) {
      k.pool().beginFlush(m, task);
      k.flushIpi().flushTlbKernelRange(m, task.number);
      k.pool().put(m, task, frames);
    }
  },

  /** To be used with {@link BeforeUnmapping}. */
  DONE_ALREADY {
    @Override
    public void beforeExclusionEnds(Machine m, Kernel k, Task task) {
      k.pool().beginFlush(m, task);
    }

    @Override
    public void release(Machine m, Kernel k, Task task, int frames) {
      k.pool().put(m, task, frames);
    }
  };

  @Override
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Every TLB is flushed, and then pages are unmapped. */
  record BeforeUnmapping(Exclusion exclusion) implements Exclusion {
    @Override
    public String title() {
      return exclusion.title();
    }

    @Override
    public boolean obeysLocks() {
      return exclusion.obeysLocks();
    }

    @Override
    public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
      k.flushIpi().flushTlbKernelRange(m, task.number);
      return exclusion.whileOffCpu(m, k, task, function);
    }
  }
}
