package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Purge;
import dev.kstack.model.machine.Machine;

/** One flush for all frames that wait for one. */
record FlushAllThenFree() implements Purge {
  @Override
  public String title() {
    return "a worker flushes every TLB and then frees the frames that waited for it";
  }

  @Override
  public void purge(Machine m, Kernel k) {
    k.pool().purge(m, () -> k.flushIpi().flushTlbAll(m));
  }
}
