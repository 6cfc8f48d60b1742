package dev.kstack.model.design;

import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Scan;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.kernel.Thaw;
import dev.kstack.model.machine.Machine;
import java.util.function.IntSupplier;

/** {@code freezer} with one mistake, for each of its own rules. */
public record FrozenWrongly() implements Exclusion {
  private static final Thaw FIRST_WAKEUP_COUNTS = FilledBeforeWoken.KEPT_ON_LIST;

  @Override
  public String title() {
    return "whoever it finds is frozen, wherever it is; no page is taken";
  }

  @Override
  public boolean obeysLocks() {
    return false;
  }

  @Override
  public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
    m.lock(task.piLock);
    k.freezer().setFrozen(m, task);
    m.unlock(task.piLock);
    return 0;
  }

  /** Who runs or is queued is marked. */
  public static Decisions whereverItIs() {
    return freezer(
        new NothingAtSwitchIn(), new FrozenWrongly(), new FlushThenFree(), FIRST_WAKEUP_COUNTS);
  }

  /** Who sleeps is taken from and not marked, and {@code schedule()} cannot fill it: a flush. */
  public static Decisions andParkedBySchedule() {
    return freezer(
        new AllOrNothing(), new TaskCallFunc(), new FlushThenFree(), FIRST_WAKEUP_COUNTS);
  }

  /** The same, and it can. */
  public static Decisions andFilledBySchedule() {
    return freezer(
        new AllOrNothing(), new TaskCallFunc(), WrongRelease.NO_FLUSH, FIRST_WAKEUP_COUNTS);
  }

  /** The second wakeup is one, filled or not. */
  public static Decisions andWokenWithAHole() {
    return freezer(
        new NothingAtSwitchIn(),
        FreezableSleepers.FROZEN_AT_ONCE,
        new FlushThenFree(),
        FilledBeforeWoken.SECOND_WAKEUP_WAKES);
  }

  private static Decisions freezer(Refill refill, Exclusion exclusion, Release release, Thaw thaw) {
    Scan scan = new Scan(exclusion, new CompareAndExchange(), release).with(thaw);
    return new Decisions(false, refill, new NothingAtSwitchOut(), scan);
  }
}
