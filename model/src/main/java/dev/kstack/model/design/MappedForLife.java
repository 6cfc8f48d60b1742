package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/** Nothing is ever missing. */
record MappedForLife() implements Refill {
  @Override
  public String title() {
    return "stacks are fully mapped from birth to death";
  }

  @Override
  public boolean acts() {
    return false;
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    return true;
  }
}
