package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/** All missing pages in one critical section of the pool, or none: nobody hoards (H16). */
record AllOrNothing() implements Refill {
  /** K: PAGE_KERNEL without A: the page is not accessed before somebody accesses it (H22). */
  static final int FRESH = Pte.PRESENT | Pte.DIRTY;

  @Override
  public String title() {
    return "refill takes all missing pages from the pool at once, or none and the thread is parked";
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    int missing = m.call(WordType.NUMBER, () -> missingPages(m, k, next));
    if (missing == 0) {
      return true;
    }
    int frames = k.pool().takeAll(m, cpu, next, Integer.bitCount(missing));
    if (frames == 0) {
      return false;
    }
    for (int page = 0; page < k.pages(); page++) {
      if ((missing & 1 << page) != 0) {
        int frame = m.chooseOne("frame", WordType.FRAMES, frames);
        frames &= ~(1 << frame);
        m.writeOnce(k.mmu().pte(next.number, page), Pte.of(frame, FRESH)); // set_pte()
      }
    }
    return true;
  }

  private static int missingPages(Machine m, Kernel k, Task next) {
    int missing = 0;
    for (int page = 0; page < k.pages(); page++) {
      Word pte = k.mmu().pte(next.number, page);
      missing |= m.call(WordType.BOOLEAN, () -> m.readOnce(pte) == 0 ? 1 : 0) << page;
    }
    return missing;
  }
}
