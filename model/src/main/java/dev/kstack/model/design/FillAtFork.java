package dev.kstack.model.design;

import dev.kstack.model.kernel.ForkAndExit;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/**
 * A new thread gets all its pages at once or fork() fails, as vmalloc() has it. They are zeroed
 * through the direct map and mapped with A clear, so that those which it never uses can be
 * reclaimed; of a cached stack A stays as the last thread left it. What is noted about a stack that
 * waits for vfree() stands elsewhere: its own pages may be gone.
 */
record FillAtFork() implements ForkAndExit {
  @Override
  public String title() {
    return "fork() fills a stack whole or not at all, with A clear; what is noted of a dead stack"
        + " stands elsewhere";
  }

  @Override
  public boolean fill(Machine m, Kernel k, Task stack) {
    int missing = m.call(WordType.NUMBER, () -> MissingPages.NOT_PRESENT.of(m, k, stack));
    if (missing == 0) {
      return true;
    }
    int frames = k.pool().takeAll(m, Kernel.NO_CPU, stack, Integer.bitCount(missing));
    if (frames == 0) {
      return false;
    }
    for (int page = 0; page < k.pages(); page++) {
      if ((missing & 1 << page) != 0) {
        int frame = m.chooseOne("frame", WordType.FRAMES, frames);
        frames &= ~(1 << frame);
        Word pte = k.mmu().pte(stack.number, page);
        m.writeOnce(pte, Pte.of(frame, k.mmu().use().fresh()));
      }
    }
    return true;
  }

  @Override
  public void queueForVfree(Machine m, Kernel k, Task stack) {}
}
