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

  /** Asleep, with no lock held: K: include/linux/sched.h, TASK_FREEZABLE. */
  public static final int FREEZABLE = 4;

  /** Asleep, and pages of its stack may be missing: K: TASK_FROZEN. */
  public static final int FROZEN = 5;

  /** {@code saved_state} of who is frozen: it was not woken meanwhile. */
  public static final int SLEEPS_ON = 0;

  /** {@code saved_state} of who is frozen: it was woken, and is to be filled. */
  public static final int WAS_WOKEN = 1;

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

  /** {@code saved_state}; null where nobody is frozen. */
  private final @Nullable Word savedState;

  /** Its place on the filler's list, from 1; 0 if it is not on it. Null where nobody is frozen. */
  private final @Nullable Word toBeFilled;

  /** On whose list; null where there is one filler at most. */
  private final @Nullable Word filler;

  /** Has the page table of its mm the top-level entry of where stacks are? Null where all have. */
  private final @Nullable Word pgd;

  /** Does it die, and is not born again? */
  private final boolean isKilled;

  Task(
      Layout layout,
      int number,
      int cpus,
      boolean exits,
      int fillers,
      Surroundings surroundings,
      SchedulerModel scheduler) {
    this.number = number;
    boolean freezes = fillers > 0;
    int wide =
        freezes ? 3 : exits || surroundings.oomKill() != null || scheduler.wakeList() ? 2 : 1;
    state =
        layout
            .wordOf(number, "state", WordType.NUMBER, wide)
            .called("RUNNING", "SLEEPING", "DEAD", "WAKING", "FREEZABLE", "FROZEN");
    onRq =
        scheduler.detach()
            ? layout.wordOf(number, "on_rq", WordType.NUMBER, 2).called("0", "QUEUED", "MIGRATING")
            : layout.wordOf(number, "on_rq", WordType.BOOLEAN, 1);
    piLock =
        layout
            .lockOf(number, "pi_lock")
            .at(1)
            .protecting("K: kernel/sched/core.c, set_task_cpu(): \"->pi_lock for waking tasks\"");
    int bits = Layout.bitsFor(cpus - 1);
    cpu =
        scheduler.moves()
            ? layout.wordOf(number, "cpu", WordType.NUMBER, bits)
            : layout.guardedOf(number, piLock, "cpu", WordType.NUMBER, bits).readByAll();
    onCpu =
        layout
            .wordOf(number, "on_cpu", WordType.BOOLEAN, 1)
            .answeredBy((memory, on) -> on << memory.get(cpu)); // CPUs are the processes from 0
    savedState =
        freezes
            ? layout
                .wordOf(number, "saved_state", WordType.BOOLEAN, 1)
                .called("FREEZABLE", "RUNNING")
            : null;
    int places = Layout.bitsFor(layout.tasks());
    toBeFilled = freezes ? layout.wordOf(number, "to_be_filled", WordType.NUMBER, places) : null;
    filler =
        fillers > 1
            ? layout.wordOf(number, "filler", WordType.NUMBER, Layout.bitsFor(fillers - 1))
            : null;
    stackRefcount = exits ? layout.wordOf(number, "stack_refcount", WordType.NUMBER, 3) : null;
    isKilled = surroundings.oomKill() != null;
    pgd =
        surroundings.topLevels() != null ? layout.wordOf(number, "pgd", WordType.BOOLEAN, 1) : null;
    incarnation = exits ? layout.wordOf(number, "task_struct", WordType.NUMBER, 1) : null;
  }

  /** {@code saved_state}, where sleepers are frozen. */
  public Word savedState() {
    return Objects.requireNonNull(savedState, "nobody is frozen");
  }

  /** Its place on the filler's list, where sleepers are frozen: see {@link FillList}. */
  public Word toBeFilled() {
    return Objects.requireNonNull(toBeFilled, "nobody is frozen");
  }

  /** On whose list it is, where there are several fillers. */
  Word filler() {
    return Objects.requireNonNull(filler, "there is one filler");
  }

  /** It is on no list. */
  void forgetFiller(Memory memory, int process) {
    if (filler != null) {
      memory.set(process, filler, 0);
    }
  }

  /** Would both be on the same list? */
  boolean isFilledWith(Memory memory, Task other) {
    return filler == null || memory.get(filler) == memory.get(other.filler());
  }

  /** Is it frozen, and was it woken since? */
  boolean waitsForFiller(Memory memory) {
    return savedState != null && memory.get(state) == FROZEN && memory.get(savedState) == WAS_WOKEN;
  }

  /** Does it sleep, frozen or not, and was not woken, with no CPU still on the way from it? */
  public boolean sleeps(Memory memory) {
    int now = memory.get(state);
    boolean asleep = isAsleep(now) || now == FROZEN && !waitsForFiller(memory);
    return asleep && memory.get(onRq) == 0 && memory.get(onCpu) == 0;
  }

  /** Does it sleep, in one way or another, and a wakeup is due to it? */
  static boolean isAsleep(int state) {
    return state == SLEEPING || state == FREEZABLE;
  }

  /** Has the page table of its mm the top-level entry of stacks? Where some have not. */
  Word pgd() {
    return Objects.requireNonNull(pgd, "every page table has the entry");
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
    boolean killed = isKilled && memory.get(state) == DEAD && memory.get(onCpu) == 0;
    return killed || stackRefcount != null && memory.get(stackRefcount) == 0;
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
