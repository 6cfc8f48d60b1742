package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.kernel.UserEdge;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/**
 * The stack is mapped when the thread enters the kernel, and unmapped when it leaves it, but for
 * the top page, on which interrupts from user mode begin.
 */
enum MapAtEntry implements UserEdge {
  /** A worker flushes every TLB first; the thread does not enter the kernel before. */
  FREE_AFTER_FLUSH(
      "the stack is mapped at kernel entry and unmapped at exit; a worker flushes every TLB before"
          + " the frames are free and before the stack is mapped again") {
    @Override
    void dispose(Machine m, Kernel k, Task task, int frames) {
      k.pool().defer(m, task, frames, false);
    }
  },

  /**
   * H14: as the first, and an interrupt in user mode that wants to schedule enters the kernel like
   * everybody. With no frame left it cannot, and the CPU runs on what it has.
   */
  NOT_PREEMPTIBLE(
      "the stack is mapped at kernel entry, also of an interrupt that wants to schedule, and"
          + " unmapped at exit") {
    @Override
    void dispose(Machine m, Kernel k, Task task, int frames) {
      k.pool().defer(m, task, frames, false);
    }

    @Override
    public boolean preemptsInUserMode() {
      return false;
    }
  },

  /** H5: this CPU's TLB alone is flushed, and the frames are free. */
  FLUSH_HERE_AND_FREE(
      "the stack is mapped at kernel entry and unmapped at exit; this CPU's TLB is flushed at both,"
          + " and the frames are free") {
    @Override
    void dispose(Machine m, Kernel k, Task task, int frames) {
      k.mmu().flushLocal(m, task.number);
      k.pool().put(m, task, frames);
    }

    @Override
    public boolean enter(Machine m, Kernel k, int cpu, Task task) {
      return new FlushedHere().refill(m, k, cpu, task);
    }
  };

  private final String title;

  MapAtEntry(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  abstract void dispose(Machine m, Kernel k, Task task, int frames);

  @Override
  public boolean enter(Machine m, Kernel k, int cpu, Task task) {
    return new AllOrNothing().refill(m, k, cpu, task);
  }

  @Override
  public void exit(Machine m, Kernel k, int cpu, Task task) {
    int frames = m.call(WordType.FRAMES, () -> unmapAllButTop(m, k, task));
    if (frames != 0) {
      dispose(m, k, task, frames);
    }
  }

  private static int unmapAllButTop(Machine m, Kernel k, Task task) {
    int frames = 0;
    for (int page = 0; page < k.pages() - 1; page++) {
      Word pte = k.mmu().pte(task.number, page);
      int frame = m.call(WordType.FRAME, () -> UnmapBelowSp.unmap(m, pte));
      frames |= frame == 0 ? 0 : 1 << frame;
    }
    return frames;
  }
}
