package dev.kstack.model.kernel;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import org.jspecify.annotations.Nullable;

/** K: kernel/sched/sched.h, struct rq: one per CPU. */
public final class RunQueue {
  private static final int PLACE = 2;

  /** {@code rq->lock}, taken with interrupts off. */
  public final Lock lock;

  /** The tasks that are runnable and wait for the CPU; not the current one. */
  final Word queue;

  /** The tasks that were to run and could not get their stack pages: unschedulable for now. */
  final Word parked;

  /**
   * The tasks that sleep and are still queued, {@code se.sched_delayed}; null where no dequeue is
   * delayed.
   */
  final @Nullable Word delayed;

  /** Tasks whose wakeup this CPU is to complete; null where wakeups are not queued. */
  final @Nullable WakeList wakeList;

  /**
   * Is the CPU in the middle of {@code schedule()} without its lock? Null where it never is. K:
   * kernel/sched/fair.c, newidle_balance().
   */
  final @Nullable Word balancing;

  /** {@code rq->curr}; only its own CPU reads and writes it. */
  final Word curr;

  /** {@code TIF_NEED_RESCHED} of the current task, and the reschedule IPI to an idle CPU. */
  public final Word needResched;

  /** Per CPU: frames for faults on the stack of whoever runs there; null where none are served. */
  public final @Nullable Word stackPages;

  /** Per CPU: frames that a kernel thread is to free; null where there are no such lists. */
  public final @Nullable Word freeList;

  /** {@code cpu_online_mask}; null where no CPU goes offline. */
  public final @Nullable Word online;

  RunQueue(
      Layout layout,
      int cpu,
      boolean servesFaults,
      Surroundings surroundings,
      SchedulerModel scheduler) {
    int tasks = layout.leastBits(WordType.TASKS);
    String rq = "rq[C" + cpu + "].";
    lock =
        layout
            .lock(rq + "lock")
            .at(place(cpu, surroundings, scheduler))
            .protecting(
                "K: kernel/sched/core.c, \"Serialization rules\": \"Normal scheduling state is"
                    + " serialized by rq->lock\"");
    queue = layout.guarded(lock, rq + "queue", WordType.TASKS, tasks);
    parked = layout.guarded(lock, rq + "parked", WordType.TASKS, tasks);
    delayed =
        scheduler.delayedDequeue()
            ? layout.guarded(lock, rq + "delayed", WordType.TASKS, tasks)
            : null;
    balancing =
        scheduler.newidle()
            ? layout.guarded(lock, rq + "newidle_balance", WordType.BOOLEAN, 1)
            : null;
    wakeList = scheduler.wakeList() ? new WakeList(layout, cpu) : null;
    curr = layout.ownedBy(cpu, rq + "curr", WordType.TASK, layout.leastBits(WordType.TASK));
    needResched = layout.word(rq + "need_resched", WordType.BOOLEAN, 1);
    int frames = layout.leastBits(WordType.FRAMES);
    stackPages =
        servesFaults
            ? layout.ownedBy(cpu, rq + "dynamic_stack_pages", WordType.FRAMES, frames)
            : null;
    freeList =
        surroundings.listPerCpu() ? layout.word(rq + "free_list", WordType.FRAMES, frames) : null;
    online =
        surroundings.hotplug() != null && CpuHotplug.canDie(cpu)
            ? layout.word(rq + "online", WordType.BOOLEAN, 1)
            : null;
  }

  /** K: include/linux/cpumask.h, cpu_online(). */
  public boolean isOnline(Machine m) {
    return online == null || m.readOnce(online) == 1;
  }

  /** What follows happens only while the CPU is online: see {@link Machine#when}. */
  void whileOnline(Machine m) {
    if (online != null) {
      m.when(online, 1);
    }
  }

  /**
   * Where two are held at once they are taken in the order of their CPUs (K: kernel/sched/core.c,
   * "Lock order": "rq1->lock, rq2->lock where: rq1 < rq2").
   */
  private static int place(int cpu, Surroundings surroundings, SchedulerModel scheduler) {
    boolean two = scheduler.moves() || surroundings.hotplug() != null;
    return two ? PLACE + cpu : PLACE;
  }

  /** The place of a lock that is taken inside any of these. */
  static int placeInside(int cpus, Surroundings surroundings, SchedulerModel scheduler) {
    return place(cpus - 1, surroundings, scheduler) + 1;
  }

  /** Is the CPU in {@code schedule()}? Looks at the lock, which somebody else may hold as well. */
  boolean mayBeScheduling(Memory memory) {
    return memory.get(lock.holder()) != 0 || balancing != null && memory.get(balancing) != 0;
  }

  /** The tasks that sleep and are still queued, as a set. */
  int delayed(Memory memory) {
    return delayed == null ? 0 : memory.get(delayed);
  }
}
