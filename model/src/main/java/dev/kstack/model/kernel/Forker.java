package dev.kstack.model.kernel;

import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;

/**
 * kthreadd, who forks kernel threads, and the RCU callback that frees the stacks of dead ones; as
 * on a CPU of its own, at any time. Its own stack is never reclaimed.
 */
final class Forker implements Process {
  private final ThreadStacks stacks;
  private final FrameLedger ledger;
  private final int number;

  Forker(ThreadStacks stacks, FrameLedger ledger, int number) {
    this.stacks = stacks;
    this.ledger = ledger;
    this.number = number;
  }

  @Override
  public String name() {
    return "F";
  }

  @Override
  public int run(Machine m, int local) {
    if (m.choose("fork", 0, 1) == 1) {
      stacks.fork(m);
    } else {
      stacks.vfree(m);
    }
    return 0;
  }

  @Override
  public void rested(Memory memory) {
    ledger.rested(memory, number);
  }
}
