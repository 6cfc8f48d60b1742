package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.WordType;

/** All missing pages in one critical section of the pool, or none: nobody hoards (H16). */
record AllOrNothing(MissingPages missing) implements Refill {
  AllOrNothing() {
    this(MissingPages.NOT_PRESENT);
  }

  @Override
  public String title() {
    return "refill takes all missing pages from the pool at once, or none and the thread is parked; "
        + missing.title();
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    int pages = m.call(WordType.NUMBER, () -> missing.of(m, k, next));
    if (pages == 0) {
      return true;
    }
    int frames = k.pool().takeAll(m, cpu, next, Integer.bitCount(pages));
    if (frames == 0) {
      return false;
    }
    for (int page = 0; page < k.pages(); page++) {
      if ((pages & 1 << page) != 0) {
        int frame = m.chooseOne("frame", WordType.FRAMES, frames);
        frames &= ~(1 << frame);
        m.writeOnce(
            k.mmu().pte(next.number, page), Pte.of(frame, k.mmu().use().fresh())); // set_pte()
      }
    }
    return true;
  }
}
