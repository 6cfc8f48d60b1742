package dev.kstack.model.design;

import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.RunQueue;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.function.IntSupplier;

/**
 * {@link TaskCallFunc} for a scheduler that is kinder than Linux's: right where only wakeups change
 * {@code task_cpu()}, and a wakeup is one critical section of pi_lock.
 */
enum WrongTaskCallFunc implements Exclusion {
  /**
   * H33: nobody looks again whether the run queue is still the task's, once its lock is held.
   *
   * <pre>
   * S                                  C1
   * takes T's pi_lock
   * reads task_cpu(T): C0
   *                                    pull_rt_task(): takes both rq locks, moves T to itself
   * takes the rq lock of C0
   * clears a page that is not accessed
   *                                    runs T, which goes one page deeper: a double fault
   * </pre>
   */
  STALE_RUN_QUEUE("the run queue is looked up before its lock is taken, and not again") {
    @Override
    int withPiLock(Machine m, Kernel k, Task task, IntSupplier function) {
      if (TaskCallFunc.needsRqLock(m, task)) {
        RunQueue stale = k.taskRqLock().lockOnce(m, task);
        return TaskCallFunc.withRqLock(m, stale, task, function);
      }
      return offQueue(m, task, function);
    }
  },

  /**
   * H34: who is WAKING is taken to be kept asleep by pi_lock.
   *
   * <pre>
   * C1, waking T                       S                              C0, switching T out
   * takes pi_lock; on_cpu is 1
   * WAKING; onto C0's wake list
   * releases pi_lock
   *                                    takes pi_lock; not RUNNING,
   *                                    on_rq is 0
   *                                                                   on_cpu = 0
   *                                    on_cpu is 0
   *                                                                   sched_ttwu_pending(): runs T
   *                                    clears a page
   *                                                                   T goes deeper: a double fault
   * </pre>
   */
  WAKING_NOT_TESTED("a thread that is WAKING is taken to be kept asleep by pi_lock") {
    @Override
    int withPiLock(Machine m, Kernel k, Task task, IntSupplier function) {
      if (m.readOnce(task.state) == Task.RUNNING || m.readOnce(task.onRq) != 0) {
        return TaskCallFunc.withRqLock(m, k.taskRqLock().lock(m, task), task, function);
      }
      return offQueue(m, task, function);
    }
  },

  /**
   * H35: {@code on_rq == TASK_ON_RQ_QUEUED} is all that is looked at, which does for as long as
   * nobody moves runnable threads.
   *
   * <pre>
   * C1, load_balance()                 S
   * detach_task(): T is MIGRATING
   *                                    takes pi_lock; on_rq is not 1: T sleeps, on_cpu is 0
   * attach_task(), runs T
   *                                    clears a page
   * T goes one page deeper: a double fault
   * </pre>
   */
  MIGRATING_TAKEN_FOR_ASLEEP("a thread that is MIGRATING is taken for asleep") {
    @Override
    int withPiLock(Machine m, Kernel k, Task task, IntSupplier function) {
      if (m.readOnce(task.onRq) == Task.QUEUED) {
        return TaskCallFunc.withRqLock(m, k.taskRqLock().lock(m, task), task, function);
      }
      return offQueue(m, task, function);
    }
  };

  private final String title;

  WrongTaskCallFunc(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public boolean obeysLocks() {
    return false;
  }

  @Override
  public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
    m.lock(task.piLock);
    int result = m.call(WordType.FRAMES, () -> withPiLock(m, k, task, function));
    m.unlock(task.piLock);
    return result;
  }

  abstract int withPiLock(Machine m, Kernel k, Task task, IntSupplier function);

  private static int offQueue(Machine m, Task task, IntSupplier function) {
    m.waitUntil(task.onCpu, 0); // smp_cond_load_acquire(): pairs with finish_task()
    return m.call(WordType.FRAMES, function);
  }
}
