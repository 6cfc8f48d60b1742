package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/** How {@code _PAGE_ACCESSED} is tested and {@code _PAGE_PRESENT} cleared. */
public interface ReclaimTest extends Decision {
  /**
   * Unmaps the page if it was never accessed.
   *
   * @return the frame that it had, now the caller's; 0 if the page is kept
   */
  int tryUnmap(Machine m, Word pte);

  /**
   * The proposal: "you take a look at 4x8b pte_t's that were mapping the kernel stack. If the
   * _PAGE_ACCESSED bit is clear, you can just clear _PAGE_PRESENT and reclaim the page."
   *
   * @return the frames of the pages that were unmapped, as a set
   */
  default int unmapNeverAccessed(Machine m, Kernel k, Task task) {
    ReclaimTest test = this; // Java PathFinder finds no lambda of an instance in an interface
    int frames = 0;
    for (int page = 0; page < k.pages(); page++) {
      Word pte = k.mmu().pte(task.number, page);
      int frame = m.call(WordType.FRAME, () -> test.tryUnmap(m, pte));
      frames |= frame == 0 ? 0 : 1 << frame;
    }
    return frames;
  }
}
