package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/** Who is in the kernel has its whole stack, and who is not needs none. */
record NothingAtSwitchIn() implements Refill {
  @Override
  public String title() {
    return "nothing is missing at switch-in";
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
