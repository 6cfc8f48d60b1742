package dev.kstack.model.design;

import dev.kstack.model.kernel.Ageing;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/** K: arch/x86/mm/pgtable.c, ptep_test_and_clear_young(): a locked bit operation on each PTE. */
enum TestAndClearYoung implements Ageing {
  /** K: ptep_clear_flush_young() on x86 does not flush either: to user pages it does not matter. */
  WITHOUT_FLUSH("A is cleared, and no TLB is flushed", false, false),

  /** The thread may run between the two. */
  THEN_FLUSH("A is cleared, and then, with no lock held, every TLB is flushed", false, true),

  /** The same, where the thread has nothing. */
  BELOW_SP_WITHOUT_FLUSH(
      "A is cleared below the saved stack pointer, and no TLB is flushed", true, false),

  /** The same, where the thread has nothing. */
  BELOW_SP_THEN_FLUSH(
      "A is cleared below the saved stack pointer, and then, with no lock held, every TLB is flushed",
      true,
      true);

  private final String title;
  private final boolean belowSp;
  private final boolean flushes;

  TestAndClearYoung(String title, boolean belowSp, boolean flushes) {
    this.title = title;
    this.belowSp = belowSp;
    this.flushes = flushes;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public int clearAccessed(Machine m, Kernel k, Task task) {
    int pages = belowSp ? m.readOnce(k.mmu().sp(task.number)) : k.pages();
    int frames = 0;
    for (int page = 0; page < pages; page++) {
      Word pte = k.mmu().pte(task.number, page);
      int frame = m.call(WordType.FRAME, () -> testAndClearYoung(m, pte));
      frames |= frame == 0 ? 0 : 1 << frame;
    }
    return frames;
  }

  @Override
  public void afterwards(Machine m, Kernel k, Task task) {
    if (flushes) {
      k.flushIpi().flushTlbKernelRange(m, task.number);
    }
  }

  /** With A set nobody else changes the PTE, so the cmpxchg does not fail. */
  private static int testAndClearYoung(Machine m, Word word) {
    int pte = m.readOnce(word);
    boolean young = Pte.present(pte) && Pte.accessed(pte);
    return young && m.cmpxchg(word, pte, pte & ~Pte.ACCESSED) ? Pte.frame(pte) : 0;
  }
}
