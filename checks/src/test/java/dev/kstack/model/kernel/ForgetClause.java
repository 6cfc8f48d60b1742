package dev.kstack.model.kernel;

import dev.kstack.model.machine.Memory;
import java.util.Set;

/** The conditions on which {@link Kernel#forget} forgets something, each with a switch. */
public enum ForgetClause {
  /** need_resched: its CPU is between two entries to the kernel. */
  CPU_RESTS,
  /** need_resched of an idle CPU: nobody is parked there. */
  NOBODY_PARKED,
  /** need_resched of an idle CPU: nobody is queued there. */
  NOBODY_QUEUED,
  /** task_cpu(): it is on no run queue. */
  NOT_ON_RQ,
  /** task_cpu(): no CPU is on it. */
  NOT_ON_CPU,
  /** task_cpu(): it is on no wake list. */
  NOT_WAKING,
  /** task_cpu(): nobody has its pi_lock. */
  CPU_PI_LOCK_FREE,
  /** __state: its CPU is between two entries to the kernel. */
  ITS_CPU_RESTS,
  /** __state: nobody has the lock of its run queue. */
  RQ_LOCK_FREE,
  /** __state: it is not one that sleeps and is still queued. */
  NOT_DELAYED,
  /** __state: it is on a run queue. */
  QUEUED,
  /** __state: nobody has its pi_lock. */
  STATE_PI_LOCK_FREE;

  /** As the kernel forgets, but for these conditions: they are taken to be met. */
  public static void forget(Kernel k, Memory memory, int resting, Set<ForgetClause> off) {
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      RunQueue rq = k.rq(cpu);
      if (CPU_RESTS.holds(off, (resting & 1 << cpu) != 0)) {
        boolean nothingParked = NOBODY_PARKED.holds(off, memory.get(rq.parked) == 0);
        boolean nothingQueued = NOBODY_QUEUED.holds(off, memory.get(rq.queue) == 0);
        if (memory.get(rq.curr) != 0 || nothingParked && nothingQueued) {
          memory.init(rq.needResched, 0);
        }
      }
    }
    for (int number = 1; number <= k.sizes().threads(); number++) {
      Task task = k.task(number);
      if (NOT_ON_RQ.holds(off, memory.get(task.onRq) == 0)
          && NOT_ON_CPU.holds(off, memory.get(task.onCpu) == 0)
          && NOT_WAKING.holds(off, memory.get(task.state) != Task.WAKING)
          && CPU_PI_LOCK_FREE.holds(off, memory.get(task.piLock.holder()) == 0)) {
        memory.init(task.cpu, 0);
      }
      int cpu = memory.get(task.cpu);
      if (ITS_CPU_RESTS.holds(off, (resting & 1 << cpu) != 0)
          && RQ_LOCK_FREE.holds(off, memory.get(k.rq(cpu).lock.holder()) == 0)
          && NOT_DELAYED.holds(off, (k.rq(cpu).delayed(memory) & task.asSet()) == 0)
          && QUEUED.holds(off, memory.get(task.onRq) == Task.QUEUED)
          && STATE_PI_LOCK_FREE.holds(off, memory.get(task.piLock.holder()) == 0)) {
        memory.init(task.state, Task.RUNNING);
      }
    }
  }

  private boolean holds(Set<ForgetClause> off, boolean condition) {
    return condition || off.contains(this);
  }
}
