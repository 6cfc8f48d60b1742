package dev.kstack.model.kernel;

import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.WordType;

/**
 * The kthread that fills the stacks of threads that were woken while they were frozen: it may
 * sleep, allocate and reclaim. Its own stack is never taken from. First come, first served: a
 * filler that chooses may leave a thread for ever.
 */
final class Filler implements Process {
  private final Kernel k;
  private final Thaw thaw;
  private final FrameLedger ledger;
  private final int number;
  private final int list;
  private final boolean alone;

  Filler(Kernel k, Thaw thaw, FrameLedger ledger, int number, int list) {
    this.k = k;
    this.thaw = thaw;
    this.ledger = ledger;
    this.number = number;
    this.list = list;
    alone = thaw.fillers() == 1;
  }

  @Override
  public String name() {
    return name(list);
  }

  static String name(int list) {
    return list == 0 ? "R" : "R" + list;
  }

  @Override
  public int run(Machine m, int local) {
    k.whileKswapdRuns(m); // where it is a thread like others, it fills: H13
    Task task = k.task(m.chooseOne("whom", WordType.TASKS, k.allTasksBut(0)));
    int last = thaw.inLine() ? FillList.HEAD : k.sizes().threads();
    m.when(task.toBeFilled(), m.choose("place", FillList.HEAD, last));
    if (!alone) {
      m.when(task.filler(), list);
    }
    thaw.fill(m, k, task);
    return 0;
  }

  @Override
  public void rested(Memory memory) {
    ledger.rested(memory, number);
  }
}
