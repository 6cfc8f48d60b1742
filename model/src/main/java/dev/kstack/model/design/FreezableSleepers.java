package dev.kstack.model.design;

import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
import java.util.function.IntSupplier;

/**
 * K: kernel/freezer.c, __set_task_frozen(), by task_call_func(): only from who sleeps in
 * TASK_FREEZABLE, where no lock is held ("It's dangerous to freeze with locks held"), is on no run
 * queue and on no CPU; under pi_lock, and in the same critical section the thread is frozen. A
 * blocked thread does not migrate, so pi_lock is all the locking.
 */
enum FreezableSleepers implements Exclusion {
  FROZEN_AT_ONCE(
      "pages go only from who sleeps freezably, and it is frozen under the same pi_lock") {
    @Override
    public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
      return underPiLock(
          m, task, () -> isBlocked(m, task) ? unmapAndFreeze(m, k, task, function) : 0);
    }
  },

  /**
   * ORDER: the state is looked at first, of who has set it and is about to sleep; it does not,
   * takes a mutex, and sleeps in another way before on_rq is looked at.
   */
  STATE_FIRST("pages go from who was FREEZABLE, and then is found off its run queue and CPU") {
    @Override
    public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
      return underPiLock(
          m,
          task,
          () -> {
            if (m.readOnce(task.state) != Task.FREEZABLE || m.readOnce(task.onRq) != 0) {
              return 0;
            }
            m.waitUntil(task.onCpu, 0);
            return unmapAndFreeze(m, k, task, function);
          });
    }
  },

  /** H39: who sleeps may hold a mutex, and reclaim wait for it. */
  ANY_SLEEPER("pages go from whoever sleeps, with locks held or not; it is frozen at once") {
    @Override
    public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
      return underPiLock(
          m,
          task,
          () ->
              sleepsHolding(m, task) || isBlocked(m, task)
                  ? unmapAndFreeze(m, k, task, function)
                  : 0);
    }
  },

  /**
   * H8: pi_lock is released between.
   *
   * <pre>
   * S                                  C1
   * T sleeps freezably: clears a page
   * releases pi_lock
   *                                    wakes T as ever, runs it
   * takes pi_lock, freezes T           T goes one page deeper: a double fault
   * </pre>
   */
  FROZEN_LATER("pages go from who sleeps freezably, and it is frozen in a later critical section") {
    @Override
    public boolean obeysLocks() {
      return false;
    }

    @Override
    public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
      int frames =
          underPiLock(m, task, () -> isBlocked(m, task) ? m.call(WordType.FRAMES, function) : 0);
      if (frames != 0) {
        m.lock(task.piLock);
        if (m.readOnce(task.state) == Task.FREEZABLE) {
          k.freezer().setFrozen(m, task);
        }
        m.unlock(task.piLock);
      }
      return frames;
    }
  },

  /**
   * LOOK: the state is looked at before pi_lock is taken, and a wakeup comes between; it is lost,
   * and the mark is put on a thread that may run.
   */
  LOOKED_AT_BEFORE("pages go from who slept freezably before pi_lock was taken") {
    @Override
    public boolean obeysLocks() {
      return false;
    }

    @Override
    public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
      if (m.readOnce(task.state) != Task.FREEZABLE || m.loadAcquire(task.onCpu) != 0) {
        return 0;
      }
      return underPiLock(m, task, () -> unmapAndFreeze(m, k, task, function));
    }
  },

  /**
   * H7, and NetBSD's kern/23095: who is about to sleep is still on its CPU, or on a run queue if it
   * is preempted there.
   */
  BY_STATE("pages go from whose state is FREEZABLE, on a run queue or a CPU or not") {
    @Override
    public boolean obeysLocks() {
      return false;
    }

    @Override
    public int whileOffCpu(Machine m, Kernel k, Task task, IntSupplier function) {
      return underPiLock(
          m,
          task,
          () ->
              m.readOnce(task.state) == Task.FREEZABLE ? unmapAndFreeze(m, k, task, function) : 0);
    }
  };

  private final String title;

  FreezableSleepers(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  private static int underPiLock(Machine m, Task task, IntSupplier section) {
    m.lock(task.piLock);
    int frames = m.call(WordType.FRAMES, section);
    m.unlock(task.piLock);
    return frames;
  }

  /** It sleeps freezably, and nobody is on its stack; pi_lock keeps it so. */
  private static boolean isBlocked(Machine m, Task task) {
    return isBlocked(m, task, Task.FREEZABLE);
  }

  /** It sleeps in another way. */
  private static boolean sleepsHolding(Machine m, Task task) {
    return isBlocked(m, task, Task.SLEEPING);
  }

  /** The state again: until it is off its CPU, a thread changes its own without any lock. */
  private static boolean isBlocked(Machine m, Task task, int state) {
    if (m.readOnce(task.state) != state || m.readOnce(task.onRq) != 0) {
      return false; // __task_needs_rq_lock(): it runs, is queued, or WAKING
    }
    m.waitUntil(task.onCpu, 0); // smp_cond_load_acquire(): pairs with finish_task()
    return m.readOnce(task.state) == state;
  }

  private static int unmapAndFreeze(Machine m, Kernel k, Task task, IntSupplier function) {
    int frames = m.call(WordType.FRAMES, function);
    if (frames != 0) {
      k.freezer().setFrozen(m, task);
    }
    return frames;
  }
}
