package dev.kstack.checks.mutate;

import static dev.kstack.checks.mutate.Operation.Kind.CHOOSE;
import static dev.kstack.checks.mutate.Operation.Kind.LOCK;
import static dev.kstack.checks.mutate.Operation.Kind.READ;
import static dev.kstack.checks.mutate.Operation.Kind.UNLOCK;
import static dev.kstack.checks.mutate.Operation.Kind.WAIT;
import static dev.kstack.checks.mutate.Operation.Kind.WRITE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Word;

/** Mistakes in {@code schedule()} and {@code try_to_wake_up()}. */
final class SchedulerMutations {
  private static final String SCHEDULE = "Scheduler.schedule";
  private static final String DEACTIVATE = "Scheduler.deactivateIfSleeping";
  private static final String PICK = "Scheduler.pickNextTask";
  private static final String CONTEXT_SWITCH = "Scheduler.contextSwitch";
  private static final String SWITCH_TO = "Scheduler.switchTo";
  private static final String FINISH = "Scheduler.finishTaskSwitch";
  private static final String WAKE = "Wakeup.tryToWakeUp";
  private static final String RUNNABLE = "Wakeup.ttwuRunnable";
  private static final String OFF_QUEUE = "Wakeup.wakeOffQueue";
  private static final String QUEUE = "Wakeup.ttwuQueue";
  private static final String ACTIVATE = "Wakeup.ttwuDoActivate";
  private static final String TASK_RQ_LOCK = "TaskRqLock.lockOnce";

  private SchedulerMutations() {}

  static ImmutableList<Mutation> of(String d) {
    Mutation wakesWithoutWait =
        Mutation.of(d, "wakes-without-wait", "a waker does not wait for on_cpu")
            .rewriting(Place.of(WAIT, "on_cpu", OFF_QUEUE), Edit.dropped());
    Mutation noOnCpu =
        Mutation.of(d, "no-prepare-task", "on_cpu is not set when a thread is switched in")
            .rewriting(Place.of(WRITE, "on_cpu", CONTEXT_SWITCH), Edit.dropped());
    return ImmutableList.of(
        Mutation.of(d, "schedule-without-lock", "schedule() does not take the rq lock")
            .rewriting(Place.of(LOCK, "rq[].lock", SCHEDULE), Edit.dropped())
            .rewriting(Place.of(UNLOCK, "rq[].lock", SCHEDULE), Edit.dropped())
            .rewriting(Place.of(UNLOCK, "rq[].lock", FINISH), Edit.dropped()),
        Mutation.of(
                d, "state-not-rechecked", "schedule() does not look whether it was woken meanwhile")
            .rewriting(Place.of(READ, "state", DEACTIVATE), Edit.returning(Task.SLEEPING)),
        Mutation.of(d, "on-rq-stays", "a thread that goes to sleep stays on_rq")
            .rewriting(Place.of(WRITE, "on_rq", DEACTIVATE), Edit.dropped()),
        Mutation.of(d, "picked-stays-queued", "a thread that is picked stays in the queue")
            .rewriting(Place.of(WRITE, "rq[].queue", PICK), Edit.removingNothing()),
        Mutation.of(d, "picked-stays-parked", "a thread that is picked stays parked")
            .rewriting(Place.of(WRITE, "rq[].parked", PICK), Edit.removingNothing()),
        Mutation.of(d, "not-parked", "a thread without frames is not parked, and forgotten")
            .rewriting(Place.of(WRITE, "rq[].parked", PICK), Edit.addingNothing()),
        Mutation.of(d, "lowest-picked", "the thread with the lowest number is tried first")
            .rewriting(Place.of(CHOOSE, "", PICK), Edit.storing(Integer::lowestOneBit)),
        Mutation.of(d, "prev-not-queued", "a thread that is preempted is not put back")
            .rewriting(Place.of(WRITE, "rq[].queue", CONTEXT_SWITCH), Edit.dropped()),
        Mutation.of(d, "resched-cleared-late", "need_resched is cleared after the pick")
            .rewriting(Place.of(WRITE, "rq[].need_resched", SCHEDULE), Edit.dropped())
            .rewriting(Place.of(UNLOCK, "rq[].lock", SCHEDULE), clearResched())
            .rewriting(Place.of(UNLOCK, "rq[].lock", FINISH), clearResched()),
        noOnCpu,
        noOnCpu.withoutRules(),
        Mutation.of(d, "on-cpu-set-late", "on_cpu is set behind the switch")
            .rewriting(Place.of(WRITE, "on_cpu", CONTEXT_SWITCH), Edit.dropped())
            .rewriting(
                Place.of(WRITE, "rq[].curr", SWITCH_TO),
                Edit.followedBy(
                    (m, operation, k) -> {
                      if (operation.a() != 0) {
                        m.writeOnce(k.task(operation.a()).onCpu, 1);
                      }
                    }))
            .equivalent(
                "next is on_rq and the rq lock is held from before the old place to behind the "
                    + "new one: who reads on_cpu of a thread that is on_rq holds that lock (the "
                    + "shrinker), and a waker waits for on_cpu only of one that is not"),
        Mutation.of(d, "no-finish-task", "on_cpu is not released")
            .rewriting(Place.of(WRITE, "on_cpu", FINISH), Edit.dropped()),
        Mutation.of(d, "rq-lock-kept", "the rq lock is not released behind a switch")
            .rewriting(Place.of(UNLOCK, "rq[].lock", FINISH), Edit.dropped()),
        Mutation.of(d, "wakes-without-pi-lock", "a waker does not take pi_lock")
            .rewriting(Place.of(LOCK, "pi_lock", WAKE), Edit.dropped())
            .rewriting(Place.of(UNLOCK, "pi_lock", WAKE), Edit.dropped()),
        Mutation.of(
                d, "waking-not-rechecked", "a waker does not look again whether the thread sleeps")
            .rewriting(Place.of(READ, "state", WAKE), Edit.returning(Task.SLEEPING))
            .equivalent(
                "a thread whose state is RUNNING is on_rq, so the waker goes to "
                    + "ttwu_runnable(), and that stores RUNNING, which is there; if it has gone to "
                    + "sleep again, this is a wakeup, which may come at any time"),
        wakesWithoutWait,
        wakesWithoutWait.withoutRules(),
        Mutation.of(
                d, "waits-without-pi-lock", "a waker releases pi_lock while it waits for on_cpu")
            .rewriting(Place.of(WAIT, "on_cpu", OFF_QUEUE), Edit.withoutPiLock()),
        Mutation.of(d, "wakes-without-rq-lock", "ttwu_runnable() does not take the rq lock")
            .rewriting(Place.of(LOCK, "rq[].lock", RUNNABLE, TASK_RQ_LOCK), Edit.dropped())
            .rewriting(Place.of(UNLOCK, "rq[].lock", RUNNABLE), Edit.dropped()),
        Mutation.of(d, "on-rq-not-rechecked", "ttwu_runnable() does not look at on_rq again")
            .rewriting(Place.of(READ, "on_rq", RUNNABLE), Edit.returning(1)),
        Mutation.of(d, "queues-without-lock", "a waker queues the thread without the rq lock")
            .rewriting(Place.of(LOCK, "rq[].lock", QUEUE), Edit.dropped())
            .rewriting(Place.of(UNLOCK, "rq[].lock", QUEUE), Edit.dropped()),
        Mutation.of(d, "on-rq-not-set", "a waker does not set on_rq")
            .rewriting(Place.of(WRITE, "on_rq", ACTIVATE), Edit.dropped()),
        Mutation.of(d, "task-cpu-not-set", "a waker does not say on which CPU the thread is")
            .rewriting(Place.of(WRITE, "cpu", QUEUE), Edit.dropped()),
        Mutation.of(d, "not-queued", "a waker does not queue the thread")
            .rewriting(Place.of(WRITE, "rq[].queue", ACTIVATE), Edit.dropped()),
        Mutation.of(d, "not-kicked", "a waker does not kick the CPU")
            .rewriting(Place.of(WRITE, "rq[].need_resched", ACTIVATE), Edit.dropped()));
  }

  /** The word of the same run queue as the lock. */
  private static Edit clearResched() {
    return Edit.precededBy(
        (m, operation, k) -> {
          String wanted = operation.word().name().replace("].lock", "].need_resched");
          for (Word word : k.layout().words()) {
            if (word.name().equals(wanted)) {
              m.writeOnce(word, 0);
            }
          }
        });
  }
}
