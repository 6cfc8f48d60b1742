package dev.kstack.checks.mutate;

import dev.kstack.model.kernel.Decision;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.List;

/** The rq lock is released for the time of the refill, as if it were one that may sleep. */
record RefillWithoutRqLock(Refill refill) implements Refill {
  @Override
  public String title() {
    return "the rq lock is released for the time of the refill; " + refill.title();
  }

  @Override
  public List<Decision> parts() {
    return List.of(refill);
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    m.unlock(k.rq(cpu).lock);
    int filled = m.call(WordType.BOOLEAN, () -> refill.refill(m, k, cpu, next) ? 1 : 0);
    m.lock(k.rq(cpu).lock);
    return filled == 1;
  }
}
