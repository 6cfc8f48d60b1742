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
  WITHOUT_FLUSH("A is cleared, and no TLB is flushed"),

  /** The thread may run between the two. */
  THEN_FLUSH("A is cleared, and then, with no lock held, every TLB is flushed") {
    @Override
    public void afterwards(Machine m, Kernel k, Task task) {
      k.flushIpi().flushTlbKernelRange(m, task.number);
    }
  };

  private final String title;

  TestAndClearYoung(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public int clearAccessed(Machine m, Kernel k, Task task) {
    int frames = 0;
    for (int page = 0; page < k.pages(); page++) {
      Word pte = k.mmu().pte(task.number, page);
      int frame = m.call(WordType.FRAME, () -> testAndClearYoung(m, pte));
      frames |= frame == 0 ? 0 : 1 << frame;
    }
    return frames;
  }

  /** With A set nobody else changes the PTE, so the cmpxchg does not fail. */
  private static int testAndClearYoung(Machine m, Word word) {
    int pte = m.readOnce(word);
    boolean young = Pte.present(pte) && Pte.accessed(pte);
    return young && m.cmpxchg(word, pte, pte & ~Pte.ACCESSED) ? Pte.frame(pte) : 0;
  }
}
