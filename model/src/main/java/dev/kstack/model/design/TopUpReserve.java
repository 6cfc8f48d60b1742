package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import java.util.Objects;

/**
 * Not the stack of the next thread is filled, but the reserve that faults are served from. Tatashin
 * 2024, dynamic_stack_refill_pages(): what cannot be had is missing.
 */
record TopUpReserve() implements Refill {
  @Override
  public String title() {
    return "before a thread runs, the CPU's reserve is topped up as far as there are frames";
  }

  @Override
  public boolean fillsAll() {
    return false;
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    Word stackPages = Objects.requireNonNull(k.rq(cpu).stackPages);
    int reserve = m.read(stackPages);
    int lacking = k.pages() - 1 - Integer.bitCount(reserve);
    if (lacking > 0) {
      m.write(stackPages, reserve | k.pool().takeUpTo(m, lacking));
    }
    return true;
  }
}
