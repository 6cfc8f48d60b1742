package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/**
 * Whatever lies below the saved stack pointer is of no use to anybody until the thread runs again.
 * It may be in TLBs, though: of every CPU that the thread ran on, whatever A says. Three ways to go
 * on with the frames, two of them wrong.
 */
enum UnmapBelowSp implements SwitchHook {
  /** A worker flushes every TLB first; the stack is not refilled before. */
  FREE_AFTER_FLUSH(
      "prev's pages below its saved stack pointer are unmapped before on_cpu is released; a worker"
          + " flushes every TLB before their frames are free and before the stack may be refilled") {
    @Override
    void dispose(Machine m, Kernel k, Task prev, int frames) {
      k.pool().defer(m, prev, frames, false);
    }
  },

  /**
   * H5: the frames are free at once. T runs on C1, is switched out on C0, gets f2 for f, and runs
   * on C1: its TLB says f.
   */
  FREE_AT_ONCE("prev's pages below its saved stack pointer are unmapped and free at once") {
    @Override
    void dispose(Machine m, Kernel k, Task prev, int frames) {
      k.pool().put(m, prev, frames);
    }
  },

  /** H6: as the first, but the stack may be refilled while the flush is pending. */
  REFILL_WHILE_FLUSHING(
      "prev's pages below its saved stack pointer are unmapped before on_cpu is released; a worker"
          + " flushes every TLB before their frames are free; the stack may be refilled before") {
    @Override
    void dispose(Machine m, Kernel k, Task prev, int frames) {
      k.pool().defer(m, prev, frames, true);
    }
  };

  private final String title;

  UnmapBelowSp(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  abstract void dispose(Machine m, Kernel k, Task prev, int frames);

  @Override
  public void beforeFinishTask(Machine m, Kernel k, int cpu, Task prev) {
    int frames = m.call(WordType.FRAMES, () -> unmapBelowSp(m, k, prev));
    if (frames != 0) {
      dispose(m, k, prev, frames);
    }
  }

  /**
   * Also what a thread in user mode has, where that is below its stack pointer.
   *
   * @return the frames of the pages that were unmapped, as a set
   */
  static int unmapBelowSp(Machine m, Kernel k, Task task) {
    int sp = m.readOnce(k.mmu().sp(task.number));
    int frames = 0;
    for (int page = 0; page < sp; page++) {
      Word pte = k.mmu().pte(task.number, page);
      int frame = m.call(WordType.FRAME, () -> unmap(m, pte));
      frames |= frame == 0 ? 0 : 1 << frame;
    }
    return frames;
  }

  /** K: arch/x86/include/asm/pgtable.h, ptep_get_and_clear(). */
  static int unmap(Machine m, Word pte) {
    int before = m.xchg(pte, 0);
    return Pte.present(before) ? Pte.frame(before) : 0;
  }
}
