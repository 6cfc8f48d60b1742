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

  /** 1 up. */
  public final int number;

  /**
   * {@code __state}: {@link #RUNNING}, {@link #SLEEPING} (TASK_UNINTERRUPTIBLE) or, where threads
   * exit, {@link #DEAD}.
   */
  public final Word state;

  /** {@code on_rq}: runnable, that is running, queued or parked. */
  public final Word onRq;

  /** {@code on_cpu}: some CPU may still be on its stack. */
  public final Word onCpu;

  /** {@code task_cpu()}: whose run queue it is on, or was last. Only a waker changes it. */
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

  Task(Layout layout, int number, int cpus, boolean exits) {
    this.number = number;
    Word ofState = layout.wordOf(number, "state", WordType.NUMBER, exits ? 2 : 1);
    state =
        exits
            ? ofState.called("RUNNING", "SLEEPING", "DEAD")
            : ofState.called("RUNNING", "SLEEPING");
    onRq = layout.wordOf(number, "on_rq", WordType.BOOLEAN, 1);
    piLock = layout.lockOf(number, "pi_lock").at(1);
    cpu = layout.guardedOf(number, piLock, "cpu", WordType.NUMBER, Layout.bitsFor(cpus - 1));
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
