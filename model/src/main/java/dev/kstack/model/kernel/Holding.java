package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import java.util.List;
import java.util.Objects;
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
        holding.waitsForNoFlush(m, curr);
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
        holding.free(m, curr);
      }
    },
    SCAN {
      @Override
      void by(Machine m, Holding holding, Task curr) {
        holding.scan(m, curr);
      }
    },
    SCAN_FLUSH {
      @Override
      void by(Machine m, Holding holding, Task curr) {
        holding.scanOf().flush(m, curr);
      }
    },
    SCAN_FLUSHED {
      @Override
      void by(Machine m, Holding holding, Task curr) {
        holding.scanOf().flushed(m, curr);
      }
    },
    SCAN_FREE {
      @Override
      void by(Machine m, Holding holding, Task curr) {
        holding.scanOf().free(m, curr);
      }
    };

    abstract void by(Machine m, Holding holding, Task curr);
  }

  private static final int OTHERS = 0;
  private static final int VFREE = 1;

  private final Kernel k;
  private final ReclaimPolicy policy;
  private final @Nullable ReclaimMutex mutex;
  private final @Nullable Rcu rcu;
  private final @Nullable DirectReclaim directReclaim;
  private final @Nullable ScanByThread scanByThread;
  private final ImmutableList<Act> acts;

  Holding(Layout layout, Kernel k, KernelLoad load, List<Task> tasks, FrameLedger ledger) {
    this.k = k;
    policy = k.design().reclaim();
    mutex = load.locks() ? new ReclaimMutex(layout, tasks) : null;
    rcu = load.rcu() ? new Rcu(layout, tasks, List.of("O", "F")) : null;
    directReclaim = load.reclaim() ? new DirectReclaim(layout, k.pool(), ledger, tasks) : null;
    Scan scan = k.design().scan();
    boolean scans = scan != null && scan.release().flushesThenFrees() && tasks.size() > 1;
    scanByThread =
        scans && directReclaim != null
            ? new ScanByThread(layout, k, scan, directReclaim, ledger, tasks)
            : null;
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
    if (scanByThread != null) {
      possible.add(Act.SCAN, Act.SCAN_FLUSH, Act.SCAN_FLUSHED, Act.SCAN_FREE);
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

  boolean isReclaiming(Memory memory, Task task) {
    return directReclaim != null && directReclaim.isReclaiming(memory, task);
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

  /** Has it what another user had? */
  boolean hasFramesOfOthers(Memory memory, Task task) {
    return directReclaim != null
        && directReclaim.isReclaiming(memory, task)
        && (scanByThread == null || !scanByThread.isScanning(memory, task));
  }

  /** The frames in the hands of threads that reclaim, as a set. */
  int inHand(Memory memory) {
    int frames = directReclaim == null ? 0 : directReclaim.isolated(memory);
    return scanByThread == null ? frames : frames | scanByThread.frames(memory);
  }

  /** Those that the tasks of a set have, as a set. */
  int inHandOf(Memory memory, int tasks) {
    int frames = 0;
    for (int left = directReclaim == null ? 0 : tasks; left != 0; left &= left - 1) {
      Task task = k.task(Integer.numberOfTrailingZeros(left) + 1);
      if (hasFramesOfOthers(memory, task)) {
        frames |= directReclaimOf().isolated(memory);
      } else if (directReclaimOf().isReclaiming(memory, task)) {
        frames |= scanOf().frames(memory);
      }
    }
    return frames;
  }

  /** Whose stack cannot be filled before somebody of the set has run, as a set. */
  int waitForFlushBy(Memory memory, int tasks) {
    for (int left = scanByThread == null ? 0 : tasks; left != 0; left &= left - 1) {
      if (scanOf().isScanning(memory, k.task(Integer.numberOfTrailingZeros(left) + 1))) {
        return 1 << scanOf().stack(memory) - 1;
      }
    }
    return 0;
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
    beginDirectReclaim(m, curr);
    m.call(() -> directReclaimOf().isolate(m, curr));
    endReclaim(m);
  }

  private void free(Machine m, Task curr) {
    if (scanByThread != null) {
      scanByThread.whenNotScanning(m, curr);
    }
    directReclaimOf().free(m, curr);
  }

  private void scan(Machine m, Task curr) {
    beginDirectReclaim(m, curr);
    m.call(() -> scanOf().scan(m, curr));
    endReclaim(m);
  }

  private void beginDirectReclaim(Machine m, Task curr) {
    mayLeaveTheKernel(m, curr);
    if (mutex != null) {
      mutex.lockToReclaim(m, ReclaimLocking.BLOCKING);
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
    waitsForNoFlush(m, curr);
  }

  private void waitsForNoFlush(Machine m, Task curr) {
    if (scanByThread != null) {
      m.when(scanByThread.preemptCount(curr), 0);
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
    return Objects.requireNonNull(mutex);
  }

  private Rcu rcuOf() {
    return Objects.requireNonNull(rcu);
  }

  private ScanByThread scanOf() {
    return Objects.requireNonNull(scanByThread);
  }

  private DirectReclaim directReclaimOf() {
    return Objects.requireNonNull(directReclaim);
  }
}
