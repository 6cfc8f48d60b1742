package dev.kstack.model.design;

import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;

/**
 * The next thread gets its pages, and perhaps loses them again at once, by plain stores. No design
 * does that. The walker may come between the two stores to a PTE, and between them there is nothing
 * else that others can notice.
 */
public record FillsAndTakesBack() implements Refill {
  /** The switch-out design with it. */
  public static Decisions atSwitchOut() {
    return new Decisions(
        false,
        new FillsAndTakesBack(),
        new ReclaimBeforeFinishTask(new CompareAndExchange()),
        null);
  }

  @Override
  public String title() {
    return "refill maps the pages, and may unmap them again by stores";
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    int pages = m.call(WordType.NUMBER, () -> MissingPages.NOT_PRESENT.of(m, k, next));
    if (pages == 0) {
      return true;
    }
    int frames = k.pool().takeAll(m, cpu, next, Integer.bitCount(pages));
    if (frames == 0) {
      return false;
    }
    if (m.choose("fills", 0, 1) == 0) {
      return giveBack(m, k, cpu, next, frames); // a step ends before this choice, not in a store
    }
    AllOrNothing.map(m, k, next, pages, frames, k.mmu().use().fresh());
    if (m.choose("takes back", 0, 1) == 0) {
      return true;
    }
    for (int page = 0; page < k.pages(); page++) {
      if ((pages & 1 << page) != 0) {
        m.writeOnce(k.mmu().pte(next.number, page), 0);
      }
    }
    return giveBack(m, k, cpu, next, frames);
  }

  private static boolean giveBack(Machine m, Kernel k, int cpu, Task next, int frames) {
    m.call(() -> k.pool().put(m, next, frames));
    k.pool().noteWaiting(m, cpu);
    return false;
  }
}
