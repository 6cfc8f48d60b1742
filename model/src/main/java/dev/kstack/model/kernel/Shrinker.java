package dev.kstack.model.kernel;

import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.WordType;

/**
 * K: mm/shrinker.c, shrink_slab(), for one shrinker: that of stack pages. It runs at any time, as
 * in kswapd, whose own stack is never reclaimed.
 */
final class Shrinker implements Process {
  private final Kernel k;
  private final Scan scan;
  private final FrameLedger ledger;
  private final int number;

  private final String name;

  Shrinker(Kernel k, Scan scan, FrameLedger ledger, String name, int number) {
    this.name = name;
    this.k = k;
    this.scan = scan;
    this.ledger = ledger;
    this.number = number;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int run(Machine m, int local) {
    if (!countObjects(m)) {
      return 0; // SHRINK_EMPTY
    }
    Ageing ageing = scan.ageing();
    boolean ages = ageing != null && m.choose("ages", 0, 1) != 0;
    Task task = k.task(m.chooseOne("stack", WordType.TASKS, k.allTasksBut(0)));
    if (ages) {
      age(m, ageing, task);
    } else {
      reclaim(m, task);
    }
    return 0;
  }

  private void age(Machine m, Ageing ageing, Task task) {
    int frames =
        m.call(
            WordType.FRAMES,
            () -> scan.exclusion().whileOffCpu(m, k, task, () -> ageing.clearAccessed(m, k, task)));
    if (frames != 0) {
      m.call(() -> ageing.afterwards(m, k, task));
    }
  }

  private void reclaim(Machine m, Task task) {
    int frames = scan.scanObjects(m, k, task);
    if (frames != 0) {
      m.call(() -> scan.release().release(m, k, task, frames));
    }
  }

  /**
   * K: shrinker->count_objects(). It counts without any lock, and what it says may be wrong by the
   * time of the scan in either direction; so the environment answers.
   */
  private static boolean countObjects(Machine m) {
    return m.choose("count_objects", 0, 1) != 0;
  }

  @Override
  public void rested(Memory memory) {
    ledger.rested(memory, number);
  }
}
