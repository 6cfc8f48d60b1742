package dev.kstack.model.design;

import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;

/** As {@link CompareAndExchange}, of D. The first access to a page of a stack is a store. */
record CompareDirtyAndExchange() implements ReclaimTest {
  @Override
  public String title() {
    return "D is tested and P cleared by one cmpxchg";
  }

  @Override
  public int tryUnmap(Machine m, Word word) {
    int pte = m.readOnce(word);
    if (!Pte.present(pte) || (pte & Pte.DIRTY) != 0) {
      return 0;
    }
    return m.cmpxchg(word, pte, 0) ? Pte.frame(pte) : 0;
  }
}
