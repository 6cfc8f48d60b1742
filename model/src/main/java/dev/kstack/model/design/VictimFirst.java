package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.OomKill;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.Objects;

/** All missing pages at once, or none; and who was not killed leaves the victim's reserve. */
record VictimFirst() implements Refill {
  @Override
  public String title() {
    return "refill takes all missing pages from the pool at once, or none and the thread is parked;"
        + " who was not killed leaves what is kept for a victim";
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    OomKill kill = Objects.requireNonNull(k.design().surroundings().oomKill());
    int pages = m.call(WordType.NUMBER, () -> MissingPages.NOT_PRESENT.of(m, k, next));
    if (pages == 0) {
      return true;
    }
    int leaves = m.call(WordType.NUMBER, () -> kill.leaves(m, k, next));
    int frames = k.pool().takeAll(m, cpu, next, Integer.bitCount(pages), leaves);
    if (frames == 0) {
      return false;
    }
    AllOrNothing.map(m, k, next, pages, frames, k.mmu().use().fresh());
    return true;
  }
}
