package dev.kstack.model.design;

import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;

/**
 * H1: the test of A and the clearing of P are two operations.
 *
 * <pre>
 * C0, after switching T out          C1, speculating
 * reads T's PTE: A=0
 *                                    walks it: sets A, fills its TLB with f
 * stores 0, frees f
 *                                    T runs here on a fresh frame; the TLB still says f
 * </pre>
 *
 * What is lost besides: the A that the walker set. Where f comes back to the same page, T uses it
 * through the old entry, its A stays 0, and the page is reclaimed although it was accessed.
 */
record PlainClear() implements ReclaimTest {
  @Override
  public String title() {
    return "A is tested by a load and P cleared by a store";
  }

  @Override
  public int tryUnmap(Machine m, Word word) {
    int pte = m.readOnce(word);
    if (!Pte.present(pte) || Pte.accessed(pte)) {
      return 0;
    }
    m.writeOnce(word, 0);
    return Pte.frame(pte);
  }
}
