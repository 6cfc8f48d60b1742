package dev.kstack.model.kernel;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** K: include/linux/sched.h, struct task_struct: what the scheduler keeps for one thread. */
public final class Task {
  public static final int RUNNING = 0;
  public static final int SLEEPING = 1;

  /** It called do_exit(), and is switched out for the last time or has been. */
  public static final int DEAD = 2;

  /** Somebody is waking it, and may have left the rest to the CPU that it was on. */
  public static final int WAKING = 3;

  /** {@code on_rq}: TASK_ON_RQ_QUEUED. */
  public static final int QUEUED = 1;

  /** {@code on_rq}: TASK_ON_RQ_MIGRATING: on no run queue, and not asleep. */
  public static final int MIGRATING = 2;

  /** 1 up. */
  public final int number;

  /**
   * {@code __state}: {@link #RUNNING}, {@link #SLEEPING} (TASK_UNINTERRUPTIBLE), where threads exit
   * {@link #DEAD}, and where wakeups are queued {@link #WAKING}.
   */
  public final Word state;

  /**
   * {@code on_rq}: runnable, that is running, queued or parked; or, where threads are detached,
   * {@link #MIGRATING}; or asleep and still queued, where a dequeue is delayed.
   */
  public final Word onRq;

  /** {@code on_cpu}: some CPU may still be on its stack. */
  public final Word onCpu;

  /**
   * {@code task_cpu()}: whose run queue it is on, or was last. A waker changes it under pi_lock;
   * who moves a runnable thread, where that happens, under the lock of the run queue that it is on.
   */
  public final Word cpu;

  /** {@code pi_lock}: held by who wakes it; outside the run queue's lock. */
  public final Lock piLock;

  /**
   * {@code stack_refcount}: who uses the stack, its thread among them; 0 where there is no thread.
   * Null where threads neither fork nor exit.
   */
  private final @Nullable Word stackRefcount;

  /**
   * Which {@code task_struct} has this stack: another one for each thread, so that who remembers
   * one can tell. Null where threads neither fork nor exit.
   */
  private final @Nullable Word incarnation;

  Task(Layout layout, int number, int cpus, boolean exits, SchedulerModel scheduler) {
    this.number = number;
    boolean wide = exits || scheduler.wakeList();
    state =
        layout
            .wordOf(number, "state", WordType.NUMBER, wide ? 2 : 1)
            .called("RUNNING", "SLEEPING", "DEAD", "WAKING");
    onRq =
        scheduler.detach()
            ? layout.wordOf(number, "on_rq", WordType.NUMBER, 2).called("0", "QUEUED", "MIGRATING")
            : layout.wordOf(number, "on_rq", WordType.BOOLEAN, 1);
    piLock = layout.lockOf(number, "pi_lock").at(1);
    int bits = Layout.bitsFor(cpus - 1);
    cpu =
        scheduler.moves()
            ? layout.wordOf(number, "cpu", WordType.NUMBER, bits)
            : layout.guardedOf(number, piLock, "cpu", WordType.NUMBER, bits);
    onCpu =
        layout
            .wordOf(number, "on_cpu", WordType.BOOLEAN, 1)
            .answeredBy((memory, on) -> on << memory.get(cpu)); // CPUs are the processes from 0
    stackRefcount = exits ? layout.wordOf(number, "stack_refcount", WordType.NUMBER, 2) : null;
    incarnation = exits ? layout.wordOf(number, "task_struct", WordType.NUMBER, 1) : null;
  }

  /** {@code stack_refcount}, where threads exit. */
  public Word stackRefcount() {
    return Objects.requireNonNull(stackRefcount, "threads neither fork nor exit");
  }

  /** Which {@code task_struct} it is, where threads exit. */
  public Word incarnation() {
    return Objects.requireNonNull(incarnation, "threads neither fork nor exit");
  }

  /** Is there no thread that has the stack? */
  boolean hasExited(Memory memory) {
    return stackRefcount != null && memory.get(stackRefcount) == 0;
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
