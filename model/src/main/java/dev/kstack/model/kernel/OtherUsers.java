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
  /** What is remembered: does it have a frame? */
  private static final int HAS_NONE = 0;

  private static final int HAS_ONE = 1;

  private final Kernel k;
  private final FramePool pool;
  private final FrameLedger ledger;
  private final int number;

  OtherUsers(Kernel k, FramePool pool, FrameLedger ledger, int number) {
    this.k = k;
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
    if (local == HAS_NONE) {
      return pool.takeForOthers(m) ? HAS_ONE : HAS_NONE;
    }
    k.whileKswapdRuns(m);
    if (!k.holding().isPossible()) {
      pool.putFromOthers(m);
      return HAS_NONE;
    }
    return k.holding().putFromOthers(m, pool) ? HAS_NONE : HAS_ONE;
  }

  @Override
  public void rested(Memory memory) {
    ledger.rested(memory, number);
  }
}
