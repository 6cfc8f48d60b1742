package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/**
 * RACE: before it parks the thread, refill looks whether somebody has given frames back since, and
 * forgets READ_ONCE(). Whoever gives some back kicks the CPU with the pool's lock held, and not the
 * run queue's.
 *
 * <pre>
 * C0, in schedule()                  O
 * finds too few frames, is noted
 *                                    gives one back, finds that C0 waits
 * if (need_resched)                  WRITE_ONCE(need_resched, 1)
 * </pre>
 */
record TryAgainIfKicked() implements Refill {
  private static final Refill ALL_OR_NOTHING = new AllOrNothing();

  @Override
  public String title() {
    return "refill tries once more if need_resched is set, which it reads without READ_ONCE()";
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    if (ALL_OR_NOTHING.refill(m, k, cpu, next)) {
      return true;
    }
    boolean kicked = m.read(k.rq(cpu).needResched) == 1; // no lock that guards it is held
    return kicked && ALL_OR_NOTHING.refill(m, k, cpu, next);
  }
}
