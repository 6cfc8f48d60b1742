package dev.kstack.model.design;

import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;

/**
 * A page that was accessed meanwhile makes the cmpxchg fail: accessed pages are never reclaimed.
 */
record CompareAndExchange() implements ReclaimTest {
  @Override
  public String title() {
    return "A is tested and P cleared by one cmpxchg";
  }

  @Override
  public int tryUnmap(Machine m, Word word) {
    int pte = m.readOnce(word);
    if (!Pte.present(pte) || Pte.accessed(pte)) {
      return 0;
    }
    return m.cmpxchg(word, pte, 0) ? Pte.frame(pte) : 0;
  }
}
