package dev.kstack.checks.mutate;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/**
 * The same decision, but the design is taken to be one that breaks the rules of who alone may touch
 * a task's words on purpose: so the search knows none of them.
 */
record WithoutRules(Refill refill) implements Refill {
  @Override
  public String title() {
    return refill.title();
  }

  @Override
  public boolean obeysLocks() {
    return false;
  }

  @Override
  public boolean acts() {
    return refill.acts();
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    return refill.refill(m, k, cpu, next);
  }
}
