package dev.kstack.model.kernel;

import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;

/**
 * The rest of the kernel: takes a frame from the pool and gives it back, at any time. One frame is
 * enough to make every other context see the pool one frame smaller at any moment.
 */
final class OtherUsers implements Process {
  private static final int TAKE = 0;

  private final FramePool pool;
  private final FrameLedger ledger;
  private final int number;

  OtherUsers(FramePool pool, FrameLedger ledger, int number) {
    this.pool = pool;
    this.ledger = ledger;
    this.number = number;
  }

  @Override
  public String name() {
    return "O";
  }

  @Override
  public int run(Machine m, int local) {
    if (m.choose("others", 0, 1) == TAKE) {
      pool.takeForOthers(m);
    } else {
      pool.putFromOthers(m);
    }
    return 0;
  }

  @Override
  public void rested(Memory memory) {
    ledger.rested(memory, number);
  }
}
