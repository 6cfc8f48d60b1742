package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/** How refill knows which pages of a stack are missing. */
enum MissingPages {
  /** By P alone: {@code !pte_present()}. */
  NOT_PRESENT("a page is missing where P is clear"),

  /**
   * KNL4: by {@code pte_none()} without the mask that K: arch/x86/include/asm/pgtable.h has for it,
   * {@code _PAGE_KNL_ERRATUM_MASK}.
   *
   * <pre>
   * W, speculating                     C0, after switching T out
   * walks T's PTE: A=0
   *                                    cmpxchg(PTE, P|f, 0) succeeds; frees f
   * sets A: the PTE is 0|A
   *                                    switches T in: the PTE is not 0, so nothing is missing
   * </pre>
   */
  ZERO("a page is missing where the PTE is 0");

  private final String title;

  MissingPages(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** The pages, a bit each. */
  int of(Machine m, Kernel k, Task task) {
    int missing = 0;
    for (int page = 0; page < k.pages(); page++) {
      Word pte = k.mmu().pte(task.number, page);
      missing |= m.call(WordType.BOOLEAN, () -> isMissing(m.readOnce(pte)) ? 1 : 0) << page;
    }
    return missing;
  }

  private boolean isMissing(int pte) {
    return switch (this) {
      case NOT_PRESENT -> !Pte.present(pte);
      case ZERO -> pte == 0;
    };
  }
}
