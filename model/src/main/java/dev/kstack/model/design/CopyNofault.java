package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.StackReader;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/** K: mm/maccess.c, copy_from_kernel_nofault(): a hole is an error for the reader, and no more. */
record CopyNofault() implements StackReader {
  @Override
  public String title() {
    return "others read a stack by copy_from_kernel_nofault()";
  }

  @Override
  public void read(Machine m, Kernel k, Task task, int page) {
    k.mmu().copyFromKernelNofault(m, task.number, page);
  }
}
