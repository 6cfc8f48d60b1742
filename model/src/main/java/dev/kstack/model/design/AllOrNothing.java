package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.NEVER_DOOMED;
import static dev.kstack.spec.StackProperties.RECLAIMS;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.WordType;

/**
 * All missing pages in one critical section of the pool, or none: nobody hoards (H16).
 *
 * @param missing how it is known which are missing
 * @param withAccessedSet are they mapped with A set?
 */
record AllOrNothing(MissingPages missing, boolean withAccessedSet) implements Refill {
  /**
   * H22. The specification fills a stack with pages that were never accessed. And no savings, no
   * risk.
   */
  static final Expectation BIRTH_LATCH =
      Expectation.allHolds()
          .violates(REFINES_SPEC, NEVER_DOOMED, RUNS_EVENTUALLY)
          .neverReaches(RECLAIMS);

  AllOrNothing() {
    this(MissingPages.NOT_PRESENT);
  }

  AllOrNothing(MissingPages missing) {
    this(missing, false);
  }

  /**
   * H22: with the flags of K: PAGE_KERNEL, or zeroed by a memset through the mapping. A is set at
   * birth, says nothing of use, and nothing is ever reclaimed.
   */
  static AllOrNothing withPageKernel() {
    return new AllOrNothing(MissingPages.NOT_PRESENT, true);
  }

  @Override
  public String title() {
    return "refill takes all missing pages from the pool at once, or none and the thread is parked; "
        + missing.title()
        + (withAccessedSet ? "; pages are mapped with A set" : "");
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
    int flags = withAccessedSet ? Pte.FLAGS : k.mmu().use().fresh();
    map(m, k, next, pages, frames, flags);
    return true;
  }

  /** One of the frames for each of the pages. */
  static void map(Machine m, Kernel k, Task next, int pages, int frames, int flags) {
    int left = frames;
    for (int page = 0; page < k.pages(); page++) {
      if ((pages & 1 << page) != 0) {
        int frame = m.chooseOne("frame", WordType.FRAMES, left);
        left &= ~(1 << frame);
        m.writeOnce(k.mmu().pte(next.number, page), Pte.of(frame, flags)); // set_pte()
      }
    }
  }
}
