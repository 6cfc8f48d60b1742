package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/** Who goes on in user mode gets its stack when it enters the kernel. */
record OnlyInKernel() implements Refill {
  @Override
  public String title() {
    return "refill at switch-in is for who goes on in the kernel: all missing pages or none";
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    return m.readOnce(k.mmu().sp(next.number)) == k.pages()
        || new AllOrNothing().refill(m, k, cpu, next);
  }
}
