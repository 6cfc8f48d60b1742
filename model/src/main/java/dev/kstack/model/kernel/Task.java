package dev.kstack.model.kernel;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;

/** K: include/linux/sched.h, struct task_struct: what the scheduler keeps for one thread. */
public final class Task {
  public static final int RUNNING = 0;
  public static final int SLEEPING = 1;

  /** 1 up. */
  public final int number;

  /** {@code __state}: {@link #RUNNING} or {@link #SLEEPING} (TASK_UNINTERRUPTIBLE). */
  public final Word state;

  /** {@code on_rq}: runnable, that is running, queued or parked. */
  public final Word onRq;

  /** {@code on_cpu}: some CPU may still be on its stack. */
  public final Word onCpu;

  /** {@code task_cpu()}: whose run queue it is on, or was last. Only a waker changes it. */
  public final Word cpu;

  /** {@code pi_lock}: held by who wakes it; outside the run queue's lock. */
  public final Lock piLock;

  Task(Layout layout, int number, int cpus) {
    this.number = number;
    state = layout.wordOf(number, "state", WordType.NUMBER, 1).called("RUNNING", "SLEEPING");
    onRq = layout.wordOf(number, "on_rq", WordType.BOOLEAN, 1);
    piLock = layout.lockOf(number, "pi_lock").at(1);
    cpu = layout.guardedOf(number, piLock, "cpu", WordType.NUMBER, Layout.bitsFor(cpus - 1));
    onCpu =
        layout
            .wordOf(number, "on_cpu", WordType.BOOLEAN, 1)
            .answeredBy((memory, on) -> on << memory.get(cpu)); // CPUs are the processes from 0
  }

  /** This task alone, as a set. */
  public int asSet() {
    return 1 << (number - 1);
  }

  @Override
  public String toString() {
    return Layout.taskName(number);
  }
}
