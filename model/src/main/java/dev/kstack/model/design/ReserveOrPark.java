package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Objects;

/**
 * A thread runs only where every fault that it can make will be served: the CPU's reserve has a
 * frame for every page that it lacks.
 *
 * @param forPrev besides, a frame for prev? {@code switch_to()} is yet to push on its stack, which
 *     may take a frame away from next
 */
record ReserveOrPark(boolean forPrev) implements Refill {
  @Override
  public String title() {
    return "a thread runs only if the CPU's reserve has a frame for every page that it lacks"
        + (forPrev ? ", and one for prev's last push" : "");
  }

  @Override
  public boolean fillsAll() {
    return false;
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    Word stackPages = Objects.requireNonNull(k.rq(cpu).stackPages);
    int missing =
        Integer.bitCount(m.call(WordType.NUMBER, () -> MissingPages.NOT_PRESENT.of(m, k, next)));
    int reserve = m.read(stackPages);
    int push = forPrev && !k.idles(m, cpu) ? 1 : 0;
    int lacking = missing + push - Integer.bitCount(reserve);
    if (lacking <= 0) {
      return true;
    }
    int taken = k.pool().takeAll(m, cpu, next, lacking);
    if (taken == 0) {
      return false;
    }
    m.write(stackPages, reserve | taken);
    return true;
  }
}
