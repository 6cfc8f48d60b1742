package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.StackReader;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/**
 * H20: the reader looks whether the page is there, and then reads.
 *
 * <pre>
 * C1, unwinding T                    C0, after switching T out
 * finds T's page present
 *                                    cmpxchg(PTE, P|f, 0) succeeds; frees f
 * reads: page fault in the kernel
 * </pre>
 */
record ReadIfPresent() implements StackReader {
  @Override
  public String title() {
    return "others look whether a page of a stack is present, and then read it";
  }

  @Override
  public void read(Machine m, Kernel k, Task task, int page) {
    if (k.mmu().looksPresent(m, task.number, page)) {
      k.mmu().read(m, task.number, page);
    }
  }
}
