package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;

/** Below the saved stack pointer nothing is live, accessed or not: no bit is looked at. */
record AllBelowSp() implements ReclaimTest {
  @Override
  public String title() {
    return "all pages below the saved stack pointer are unmapped, by xchg";
  }

  @Override
  public int tryUnmap(Machine m, Word pte) {
    return UnmapBelowSp.unmap(m, pte);
  }

  @Override
  public int unmapNeverAccessed(Machine m, Kernel k, Task task) {
    return UnmapBelowSp.unmapBelowSp(m, k, task);
  }
}
