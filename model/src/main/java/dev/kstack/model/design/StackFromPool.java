package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.kernel.UserEdge;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/** Laight, 24 Apr 2026: a pool of stacks, each mapped for ever at an address of its own. */
record StackFromPool() implements UserEdge {
  @Override
  public String title() {
    return "a stack is taken from a pool at kernel entry and given back at exit; a system call that"
        + " sleeps exits first, and is executed again";
  }

  @Override
  public boolean enter(Machine m, Kernel k, int cpu, Task task) {
    return new AllOrNothing().refill(m, k, cpu, task);
  }

  /** No translation changes, so no TLB is flushed. */
  @Override
  public void exit(Machine m, Kernel k, int cpu, Task task) {
    int frames = m.call(WordType.FRAMES, () -> takeAway(m, k, task));
    if (frames != 0) {
      k.pool().put(m, task, frames);
    }
  }

  private static int takeAway(Machine m, Kernel k, Task task) {
    int frames = 0;
    for (int page = 0; page < k.pages(); page++) {
      Word stack = k.mmu().pte(task.number, page);
      int frame = m.call(WordType.FRAME, () -> UnmapBelowSp.unmap(m, stack));
      frames |= frame == 0 ? 0 : 1 << frame;
    }
    return frames;
  }

  @Override
  public boolean sleepsInUserMode() {
    return true;
  }
}
