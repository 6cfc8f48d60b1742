package dev.kstack.model.kernel;

import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.hardware.Mmu;
import dev.kstack.model.machine.Exclusive;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Mover;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;

/**
 * Who alone may touch what belongs to a task: the locking rules of kernel/sched/core.c,
 * "Serialization rules" and the comments at {@code p->on_rq} and {@code p->on_cpu}. The search
 * checks them at every operation. Where a design breaks them on purpose (see {@link
 * Decision#obeysLocks()}) it does not rely on them.
 */
final class Ownership {
  private static final String STACK =
      "a stack is touched by the CPU that is on it; else with rq->lock if the thread is runnable,"
          + " with pi_lock if it sleeps. K: kernel/sched/core.c, __task_needs_rq_lock(): \"Since"
          + " pi->lock blocks try_to_wake_up(), we don't need rq->lock when the task is blocked\";"
          + " finish_task(): \"After p->on_cpu is cleared, the task can be moved to a different CPU\"";

  private final Kernel k;

  Ownership(Kernel k) {
    this.k = k;
  }

  /**
   * While it runs, a thread sets its own {@code __state}; else only who holds its pi_lock does, or
   * who completes a wakeup that was left to it.
   */
  void ofState(Task task) {
    task.state
        .readByAll()
        .exclusiveBy(
            memory ->
                memory.get(task.onCpu) == 0 && !isWaking(memory, task)
                    ? holderOf(memory, task.piLock.holder())
                    : Exclusive.EVERYBODY,
            "K: kernel/sched/core.c, \"Serialization rules\": \"p->state ... is changed locklessly using"
                + " set_current_state() ... or by try_to_wake_up(). This latter uses p->pi_lock\"");
  }

  /**
   * {@code on_rq} goes up under pi_lock and the rq lock, or the rq lock alone where the wakeup was
   * left to the CPU; and down under the rq lock.
   */
  void ofOnRq(Task task) {
    task.onRq
        .readByAll()
        .exclusiveBy(
            new OfOnRq(task),
            "K: kernel/sched/core.c, \"Serialization rules\": \"p->on_rq ... is set by activate_task()"
                + " and cleared by deactivate_task(), under rq->lock\"");
  }

  /** {@code on_cpu} goes up under the rq lock; only the CPU that it runs on takes it down. */
  void ofOnCpu(Task task) {
    task.onCpu
        .readByAll()
        .exclusiveBy(
            memory ->
                memory.get(task.onCpu) == 0 && !isWaking(memory, task)
                    ? ofOffCpu(memory, task)
                    : Exclusive.EVERYBODY,
            "who waits for it to be 0 has pi_lock, or the thread may be woken and run again. K:"
                + " kernel/sched/core.c, \"Serialization rules\": \"p->on_cpu ... is set by prepare_task() and"
                + " cleared by finish_task() ... both under rq->lock\"");
  }

  /**
   * {@code set_task_cpu()}: under pi_lock while it sleeps, under the rq lock while it is on a run
   * queue. Who reads it to know which lock that is has not got the lock yet.
   */
  void ofCpu(Task task) {
    task.cpu
        .readByAll()
        .exclusiveBy(
            new OfCpu(task),
            "K: kernel/sched/core.c, set_task_cpu(): \"->pi_lock for waking tasks, rq->lock for runnable"
                + " tasks\"");
  }

  /**
   * What anybody may read of a task that is queued, and only the holder of its rq lock may write.
   * Where nobody moves runnable threads, nothing is gained by knowing it.
   */
  private abstract class QueuedUnderRqLock implements Exclusive {
    final Task task;
    private final boolean moves = k.assumptions().scheduler().moves();

    QueuedUnderRqLock(Task task) {
      this.task = task;
    }

    @Override
    public int writer(Memory memory) {
      return moves && memory.get(task.onRq) == Task.QUEUED
          ? holderOf(memory, k.rq(memory.get(task.cpu)).lock.holder())
          : EVERYBODY;
    }
  }

  // Named, not anonymous: Java PathFinder (jpf-core, java-17) numbers lambdas as javac numbers
  // classes
  // without a name, and takes one for the other in a class that has both.

  private final class OfOnRq extends QueuedUnderRqLock {
    OfOnRq(Task task) {
      super(task);
    }

    @Override
    public int owner(Memory memory) {
      return memory.get(task.onRq) == 0 && !isWaking(memory, task)
          ? holderOf(memory, task.piLock.holder())
          : EVERYBODY;
    }
  }

  private final class OfCpu extends QueuedUnderRqLock {
    OfCpu(Task task) {
      super(task);
    }

    @Override
    public int owner(Memory memory) {
      boolean sleeps = memory.get(task.onRq) == 0 && memory.get(task.onCpu) == 0;
      return sleeps && !isWaking(memory, task) ? holderOf(memory, task.piLock.holder()) : EVERYBODY;
    }
  }

  private final class OfSp implements Exclusive {
    private final Task task;

    OfSp(Task task) {
      this.task = task;
    }

    @Override
    public int owner(Memory memory) {
      return ofStack(memory, task);
    }

    @Override
    public Mover mover(Memory memory, boolean writes) {
      return writes ? Mover.NONE : Mover.BOTH;
    }
  }

  private static boolean isWaking(Memory memory, Task task) {
    return memory.get(task.state) == Task.WAKING;
  }

  /**
   * A stack belongs to the CPU that is on it. Of a thread that is off CPU it belongs to the holder
   * of the run queue's lock if it is runnable, else of its pi_lock.
   */
  void ofStack(Task task, Mmu mmu) {
    for (int page = 0; page < mmu.pages(); page++) {
      mmu.pte(task.number, page).exclusiveBy(new OfPte(task, page), STACK);
    }
  }

  /** The saved stack pointer goes with the stack; who writes to a waiter looks at it, though. */
  void ofSp(Task task, Mmu mmu) {
    mmu.sp(task.number).exclusiveBy(new OfSp(task), STACK);
  }

  private int ofStack(Memory memory, Task task) {
    if (task.hasExited(memory)) {
      return Exclusive.EVERYBODY; // whoever took it from a list; see ThreadStacks
    }
    return memory.get(task.onCpu) == 1 ? memory.get(task.cpu) : ofOffCpu(memory, task);
  }

  private int ofOffCpu(Memory memory, Task task) {
    int onRq = memory.get(task.onRq);
    if (onRq == Task.MIGRATING) {
      return Exclusive.NOBODY; // it is on no run queue, and no lock keeps it there
    }
    boolean byRunQueue = onRq == Task.QUEUED || isWaking(memory, task);
    Word holder = byRunQueue ? k.rq(memory.get(task.cpu)).lock.holder() : task.piLock.holder();
    return holderOf(memory, holder);
  }

  private static int holderOf(Memory memory, Word holder) {
    int value = memory.get(holder);
    return value == 0 ? Exclusive.NOBODY : value - 1;
  }

  private final class OfPte implements Exclusive {
    private final Task task;
    private final int page;

    OfPte(Task task, int page) {
      this.task = task;
      this.page = page;
    }

    @Override
    public int owner(Memory memory) {
      return ofStack(memory, task);
    }

    /**
     * Besides the owner there are the speculative walker, which may set A where it is clear, and
     * those who write to a waiter on the stack of a sleeper, in a page that was accessed.
     */
    @Override
    public Mover mover(Memory memory, boolean writes) {
      if (k.assumptions().hardware() == Hardware.STRAY_A) {
        return Mover.NONE; // a walk under way may write to any entry, present or not
      }
      int pte = memory.get(k.mmu().pte(task.number, page));
      if (k.design().reader() != null) { // anybody may look at it, and set A
        return writes || Pte.present(pte) && !Pte.accessed(pte) ? Mover.NONE : Mover.BOTH;
      }
      boolean walks = memory.get(k.walker().budget()) > 0;
      if (walks && Pte.present(pte) && !Pte.accessed(pte)) {
        return Mover.NONE;
      }
      if (!writes) {
        return Mover.BOTH;
      }
      if (page >= memory.get(k.mmu().deepest(task.number))) {
        return Mover.NONE;
      }
      return walks ? Mover.LEFT : Mover.BOTH; // once it is present, the walker may come
    }
  }
}
