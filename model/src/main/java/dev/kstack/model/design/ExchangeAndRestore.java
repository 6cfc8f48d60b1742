package dev.kstack.model.design;

import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;

/**
 * H2: P is cleared first, and restored if A turns out to be set.
 *
 * <pre>
 * C0, after switching T out          C1, waking T
 * xchg(PTE, 0): A=1
 *                                    writes to the waiter on T's stack: page not present, #PF
 * stores the PTE again
 * </pre>
 */
record ExchangeAndRestore() implements ReclaimTest {
  @Override
  public String title() {
    return "the PTE is taken by xchg and put back if A was set";
  }

  @Override
  public int tryUnmap(Machine m, Word word) {
    int pte = m.xchg(word, 0);
    if (Pte.accessed(pte)) {
      m.writeOnce(word, pte);
      return 0;
    }
    return Pte.frame(pte);
  }
}
