package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/**
 * Where A was cleared once, A=0 does not say that a page is not in use; the saved stack pointer
 * does.
 */
record BelowSpNotAccessed(ReclaimTest test) implements ReclaimTest {
  @Override
  public String title() {
    return "only pages below the saved stack pointer are looked at; " + test.title();
  }

  @Override
  public int tryUnmap(Machine m, Word pte) {
    return test.tryUnmap(m, pte);
  }

  @Override
  public int unmapNeverAccessed(Machine m, Kernel k, Task task) {
    int sp = m.readOnce(k.mmu().sp(task.number));
    int frames = 0;
    for (int page = 0; page < sp; page++) {
      Word pte = k.mmu().pte(task.number, page);
      int frame = m.call(WordType.FRAME, () -> tryUnmap(m, pte));
      frames |= frame == 0 ? 0 : 1 << frame;
    }
    return frames;
  }
}
