package dev.kstack.model.kernel;

import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.WordType;

/**
 * K: mm/shrinker.c, shrink_slab(), for one shrinker: that of stack pages. It runs at any time, as in
 * kswapd, whose own stack is never reclaimed.
 */
final class Shrinker implements Process {
  private final Kernel k;
  private final Scan scan;
  private final FrameLedger ledger;
  private final int number;

  Shrinker(Kernel k, Scan scan, FrameLedger ledger, int number) {
    this.k = k;
    this.scan = scan;
    this.ledger = ledger;
    this.number = number;
  }

  @Override
  public String name() {
    return "S";
  }

  @Override
  public int run(Machine m, int local) {
    Task task = k.task(m.chooseOne("stack", WordType.TASKS, k.allTasksBut(0)));
    if (m.call(WordType.BOOLEAN, () -> countObjects(m, task)) == 0) {
      return 0; // SHRINK_EMPTY
    }
    int frames =
        m.call(
            WordType.FRAMES,
            () -> scan.exclusion().whileOffCpu(m, k, task, () -> scanObjects(m, task)));
    if (frames != 0) {
      m.call(() -> scan.release().release(m, k, task, frames));
    }
    return 0;
  }

  /** K: shrinker->count_objects(): without any lock, so only a hint. Is there anything to scan for? */
  private int countObjects(Machine m, Task task) {
    for (int page = 0; page < k.pages(); page++) {
      int pte = m.readOnce(k.mmu().pte(task.number, page));
      if (Pte.present(pte) && !Pte.accessed(pte)) {
        return 1;
      }
    }
    return 0;
  }

  /** K: shrinker->scan_objects(), for one stack. Returns the unmapped frames as a set. */
  private int scanObjects(Machine m, Task task) {
    int frames = scan.test().unmapNeverAccessed(m, k, task);
    if (frames != 0) {
      scan.release().beforeExclusionEnds(m, k, task);
    }
    return frames;
  }

  @Override
  public void rested(Memory memory) {
    ledger.rested(memory, number);
  }
}
