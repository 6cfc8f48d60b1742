package dev.kstack.model.kernel;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import org.jspecify.annotations.Nullable;

/** K: kernel/sched/sched.h, struct rq: one per CPU. */
public final class RunQueue {
  /** {@code rq->lock}, taken with interrupts off. */
  public final Lock lock;

  /** The tasks that are runnable and wait for the CPU; not the current one. */
  final Word queue;

  /** The tasks that were to run and could not get their stack pages: unschedulable for now. */
  final Word parked;

  /** {@code rq->curr}; only its own CPU reads and writes it. */
  final Word curr;

  /** {@code TIF_NEED_RESCHED} of the current task, and the reschedule IPI to an idle CPU. */
  public final Word needResched;

  /** Per CPU: frames for faults on the stack of whoever runs there; null where none are served. */
  public final @Nullable Word stackPages;

  RunQueue(Layout layout, int cpu, boolean servesFaults) {
    int tasks = layout.leastBits(WordType.TASKS);
    String rq = "rq[C" + cpu + "].";
    lock = layout.lock(rq + "lock").at(2);
    queue = layout.guarded(lock, rq + "queue", WordType.TASKS, tasks);
    parked = layout.guarded(lock, rq + "parked", WordType.TASKS, tasks);
    curr = layout.ownedBy(cpu, rq + "curr", WordType.TASK, layout.leastBits(WordType.TASK));
    needResched = layout.word(rq + "need_resched", WordType.BOOLEAN, 1);
    int frames = layout.leastBits(WordType.FRAMES);
    stackPages =
        servesFaults
            ? layout.ownedBy(cpu, rq + "dynamic_stack_pages", WordType.FRAMES, frames)
            : null;
  }
}
