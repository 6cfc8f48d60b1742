package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What threads hold in the kernel while they are preempted or sleep, and who waits for it: see
 * {@link KernelLoad}. Where they hold nothing it has no words, and nothing here does anything.
 */
public final class Holding {
  /** What a thread does on its CPU, in the kernel. */
  private enum Act {
    MUTEX_LOCK {
      @Override
      void by(Machine m, Holding holding, Task curr) {
        holding.sleepsNowhereInRcu(m, curr);
        holding.mutexOf().lock(m, curr);
      }
    },
    MUTEX_UNLOCK {
      @Override
      void by(Machine m, Holding holding, Task curr) {
        holding.mutexOf().unlock(m, curr);
      }
    },
    RCU_READ_LOCK {
      @Override
      void by(Machine m, Holding holding, Task curr) {
        holding.rcuOf().readLock(m, curr);
      }
    },
    RCU_READ_UNLOCK {
      @Override
      void by(Machine m, Holding holding, Task curr) {
        holding.rcuOf().readUnlock(m, curr);
      }
    },
    ISOLATE {
      @Override
      void by(Machine m, Holding holding, Task curr) {
        holding.isolate(m, curr);
      }
    },
    FREE {
      @Override
      void by(Machine m, Holding holding, Task curr) {
        holding.directReclaimOf().free(m, curr);
      }
    };

    abstract void by(Machine m, Holding holding, Task curr);
  }

  private static final int OTHERS = 0;
  private static final int VFREE = 1;

  private final ReclaimPolicy policy;
  private final @Nullable ReclaimMutex mutex;
  private final @Nullable Rcu rcu;
  private final @Nullable DirectReclaim directReclaim;
  private final ImmutableList<Act> acts;

  Holding(
      Layout layout,
      KernelLoad load,
      ReclaimPolicy policy,
      List<Task> tasks,
      FramePool pool,
      FrameLedger ledger) {
    this.policy = policy;
    mutex = load.locks() ? new ReclaimMutex(layout, tasks) : null;
    rcu = load.rcu() ? new Rcu(layout, tasks, List.of("O", "F")) : null;
    directReclaim = load.reclaim() ? new DirectReclaim(layout, pool, ledger, tasks) : null;
    ImmutableList.Builder<Act> possible = ImmutableList.builder();
    if (mutex != null) {
      possible.add(Act.MUTEX_LOCK, Act.MUTEX_UNLOCK);
    }
    if (rcu != null) {
      possible.add(Act.RCU_READ_LOCK, Act.RCU_READ_UNLOCK);
    }
    if (directReclaim != null) {
      possible.add(Act.ISOLATE, Act.FREE);
    }
    acts = possible.build();
  }

  /** Can threads hold anything? */
  boolean isPossible() {
    return !acts.isEmpty();
  }

  @Nullable ReclaimMutex mutex() {
    return mutex;
  }

  @Nullable Rcu rcu() {
    return rcu;
  }

  @Nullable DirectReclaim directReclaim() {
    return directReclaim;
  }

  /** {@code lockdep_depth}: does it hold a lock that reclaim takes? Null where nobody does. */
  public @Nullable Word lockHeldBy(Task task) {
    return mutex == null ? null : mutex.heldBy(task);
  }

  /** {@code rcu_read_lock_nesting}; null where nobody reads. */
  public @Nullable Word readBy(Task task) {
    return rcu == null ? null : rcu.nesting(task);
  }

  /** {@code PF_MEMALLOC}: has it frames in its hand? Null where nobody has. */
  public @Nullable Word reclaimedBy(Task task) {
    return directReclaim == null ? null : directReclaim.memalloc(task);
  }

  boolean holds(Memory memory, Task task) {
    return mutex != null && mutex.isHeldBy(memory, task)
        || rcu != null && rcu.isReader(memory, task)
        || directReclaim != null && directReclaim.isReclaiming(memory, task);
  }

  /** The current thread of a CPU takes something, or gives it back. */
  void act(Machine m, Task curr) {
    acts.get(m.choose("holds", 0, acts.size() - 1)).by(m, this, curr);
  }

  /**
   * The allocation may sleep, and must not be made under a lock that reclaim takes: {@code
   * fs_reclaim_acquire()}.
   */
  private void isolate(Machine m, Task curr) {
    mayLeaveTheKernel(m, curr);
    if (mutex != null) {
      mutex.lockToReclaim(m, ReclaimLocking.BLOCKING);
    }
    m.call(() -> directReclaimOf().isolate(m, curr));
    if (mutex != null) {
      mutex.unlockByReclaim(m);
    }
  }

  /** K: might_sleep(), rcu_sleep_check(): no reader sleeps; nor who has preemption off. */
  void maySleep(Machine m, Task curr) {
    sleepsNowhereInRcu(m, curr);
    mayBePreempted(m, curr);
  }

  private void sleepsNowhereInRcu(Machine m, Task curr) {
    if (rcu != null) {
      m.when(rcu.nesting(curr), 0);
    }
  }

  /** Preemption is off where the design has it off. */
  void mayBePreempted(Machine m, Task curr) {
    if (directReclaim != null && !policy.preemptible()) {
      m.when(directReclaim.memalloc(curr), 0); // preempt_count()
    }
  }

  /** K: lockdep_sys_exit(), check_stack_usage(): who goes to user mode, or dies, holds nothing. */
  void mayLeaveTheKernel(Machine m, Task curr) {
    sleepsNowhereInRcu(m, curr);
    if (mutex != null) {
      m.when(mutex.heldBy(curr), 0);
    }
    if (directReclaim != null) {
      m.when(directReclaim.memalloc(curr), 0);
    }
  }

  /**
   * By who reclaims, with no lock held; {@link #endReclaim} is to follow.
   *
   * @return may it reclaim? Not if it could not get the lock
   */
  boolean beginReclaim(Machine m) {
    return mutex == null || mutex.lockToReclaim(m, policy.locking());
  }

  void endReclaim(Machine m) {
    if (mutex != null) {
      mutex.unlockByReclaim(m);
    }
  }

  /**
   * Another user of frames gives back what it has: under the lock, and after a grace period; or the
   * OOM reaper takes it.
   *
   * @return is it done? Not if the lock could only be tried
   */
  boolean putFromOthers(Machine m, FramePool pool) {
    if (!beginReclaim(m)) {
      if (policy.locking() == ReclaimLocking.TRYLOCK_OR_REAP) {
        pool.putFromOthers(m);
        return true;
      }
      return false;
    }
    if (rcu == null) {
      m.call(() -> pool.putFromOthers(m));
      endReclaim(m);
      return true;
    }
    int frames = pool.takeFromOthers(m);
    endReclaim(m);
    if (frames != 0) {
      m.call(() -> rcu.synchronize(m, OTHERS)); // call_rcu(), free_rcu
      pool.put(m, frames);
    }
    return true;
  }

  /** K: kernel/fork.c, thread_stack_delayed_free(): {@code call_rcu(&vm_stack->rcu, ...)}. */
  void beforeVfree(Machine m) {
    if (rcu != null) {
      m.call(() -> rcu.synchronize(m, VFREE));
    }
  }

  /** Does the grace period that frames of other users wait for wait for the task? */
  boolean blocksGracePeriodOfOthers(Memory memory, Task task) {
    return rcu != null && rcu.isBlockedBy(memory, OTHERS, task);
  }

  private ReclaimMutex mutexOf() {
    return java.util.Objects.requireNonNull(mutex);
  }

  private Rcu rcuOf() {
    return java.util.Objects.requireNonNull(rcu);
  }

  private DirectReclaim directReclaimOf() {
    return java.util.Objects.requireNonNull(directReclaim);
  }
}
