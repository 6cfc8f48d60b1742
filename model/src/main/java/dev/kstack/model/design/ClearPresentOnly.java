package dev.kstack.model.design;

import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;

/** As {@link CompareAndExchange}, but the entry goes on naming the frame, for whoever frees it. */
record ClearPresentOnly() implements ReclaimTest {
  @Override
  public String title() {
    return "A is tested and P cleared by one cmpxchg, and the frame's number stays in the slot";
  }

  @Override
  public int tryUnmap(Machine m, Word word) {
    int pte = m.readOnce(word);
    if (!Pte.present(pte) || Pte.accessed(pte)) {
      return 0;
    }
    return m.cmpxchg(word, pte, pte & ~Pte.PRESENT) ? Pte.frame(pte) : 0;
  }
}
