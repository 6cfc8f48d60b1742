package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/**
 * H6, looked at closely: the CPU that will run the thread flushes its own TLB, which needs no IPI,
 * so that the thread itself meets no old translation. Others who write to its stack do.
 */
record FlushedHere() implements Refill {
  @Override
  public String title() {
    return "refill takes all missing pages or none, and flushes this CPU's TLB of them";
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    if (!new AllOrNothing().refill(m, k, cpu, next)) {
      return false;
    }
    k.mmu().flushLocal(m, next.number);
    return true;
  }
}
