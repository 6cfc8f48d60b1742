package dev.kstack.model.kernel;

import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;

/** A kworker, whose own stack is never reclaimed: runs a {@link Purge} at any time. */
final class Purger implements Process {
  private final Kernel k;
  private final Purge purge;
  private final FrameLedger ledger;
  private final int number;

  Purger(Kernel k, Purge purge, FrameLedger ledger, int number) {
    this.k = k;
    this.purge = purge;
    this.ledger = ledger;
    this.number = number;
  }

  @Override
  public String name() {
    return "K";
  }

  @Override
  public int run(Machine m, int local) {
    purge.purge(m, k);
    return 0;
  }

  @Override
  public void rested(Memory memory) {
    ledger.rested(memory, number);
  }
}
