package dev.kstack.checks.mutate;

import static dev.kstack.checks.mutate.Operation.Kind.CHOOSE;
import static dev.kstack.checks.mutate.Operation.Kind.EXECUTE;
import static dev.kstack.checks.mutate.Operation.Kind.LOCK;
import static dev.kstack.checks.mutate.Operation.Kind.READ;
import static dev.kstack.checks.mutate.Operation.Kind.UNLOCK;
import static dev.kstack.checks.mutate.Operation.Kind.WAIT;
import static dev.kstack.checks.mutate.Operation.Kind.WRITE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Task;

/** Mistakes in the birth and death of threads. */
final class ForkMutations {
  private static final String DEAD = "Scheduler.doTaskDead";
  private static final String FINISH = "Scheduler.finishTaskSwitch";
  private static final String FLUSH = "FlushIpi.flushTlbKernelRange";

  private ForkMutations() {}

  static ImmutableList<Mutation> of(String d) {
    return ImmutableList.of(
        Mutation.of(d, "dies-without-pi-lock", "set_special_state() does not take pi_lock")
            .rewriting(Place.of(LOCK, "pi_lock", DEAD), Edit.dropped())
            .rewriting(Place.of(UNLOCK, "pi_lock", DEAD), Edit.dropped()),
        Mutation.of(d, "stack-never-put", "finish_task_switch() does not see that prev is dead")
            .rewriting(Place.of(READ, "state", FINISH), Edit.returning(Task.SLEEPING)),
        Mutation.of(d, "stack-put-of-the-living", "finish_task_switch() takes prev for dead")
            .rewriting(Place.of(READ, "state", FINISH), Edit.returning(Task.DEAD)),
        Mutation.of(d, "stack-put-twice", "put_task_stack() counts down twice")
            .rewriting(Place.of(EXECUTE, "", "ThreadStacks.putTaskStack"), Edit.twice()),
        Mutation.of(d, "lowest-taken", "of cached stacks that with the lowest number is taken")
            .rewriting(
                Place.of(CHOOSE, "", "ThreadStacks.takeFrom"), Edit.storing(Integer::lowestOneBit)),
        Mutation.of(d, "taken-stays-cached", "a stack that is taken stays in cached_stacks")
            .rewriting(
                Place.of(WRITE, "stacks.cached", "ThreadStacks.takeFrom"), Edit.removingNothing()),
        Mutation.of(d, "taken-stays-queued", "a stack that is freed stays queued for vfree()")
            .rewriting(
                Place.of(WRITE, "stacks.queued", "ThreadStacks.takeFrom"), Edit.removingNothing()),
        Mutation.of(d, "vfree-without-flush", "vfree() does not have TLBs flushed")
            .rewriting(Place.of(EXECUTE, "", FLUSH), Edit.dropped())
            .rewriting(Place.of(WAIT, "flush.cpumask", FLUSH), Edit.dropped()));
  }
}
