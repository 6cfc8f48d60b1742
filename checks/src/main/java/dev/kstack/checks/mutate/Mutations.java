package dev.kstack.checks.mutate;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.mutate.Mutation.Expected;

/** Every mutation, by design. The command line and the tests read these lists. */
final class Mutations {
  private static final String STATIC = "static";
  private static final String SWITCH_OUT = "switch-out";
  private static final String SHRINKER = "shrinker";

  /**
   * Of the scheduler's, those that make sense without reclaim: where a thread that is lost, or on
   * two CPUs, has its stack all the same, no property of stacks can tell.
   */
  private static final ImmutableSet<String> OF_STATIC =
      ImmutableSet.of(
          "schedule-without-lock",
          "picked-stays-queued",
          "no-prepare-task",
          "on-cpu-set-late",
          "no-finish-task",
          "rq-lock-kept",
          "wakes-without-pi-lock",
          "waking-not-rechecked",
          "wakes-without-wait",
          "queues-without-lock",
          "on-rq-not-set",
          "task-cpu-not-set",
          "not-queued",
          "not-kicked");

  private static final ImmutableList<Mutation> EVERY =
      ImmutableList.<Mutation>builder()
          .addAll(
              SchedulerMutations.of(STATIC).stream()
                  .filter(mutation -> OF_STATIC.contains(mutation.id()))
                  .collect(toImmutableList()))
          .addAll(SchedulerMutations.of(SWITCH_OUT))
          .addAll(PoolMutations.of(SWITCH_OUT))
          .addAll(ReclaimMutations.ofBoth(SWITCH_OUT))
          .addAll(ReclaimMutations.ofSwitchOut(SWITCH_OUT))
          .addAll(SchedulerMutations.of(SHRINKER))
          .addAll(PoolMutations.of(SHRINKER))
          .addAll(ReclaimMutations.ofBoth(SHRINKER))
          .addAll(ReclaimMutations.ofShrinker(SHRINKER))
          .build();

  /** Each of these is killed, or there is a reason why it need not be. */
  static final ImmutableList<Mutation> ALL =
      EVERY.stream().filter(mutation -> !isMissed(mutation)).collect(toImmutableList());

  /** Mistakes that survive, and should not: what is missing stands beside each. */
  static final ImmutableList<Mutation> MISSED =
      EVERY.stream().filter(Mutations::isMissed).collect(toImmutableList());

  private Mutations() {}

  private static boolean isMissed(Mutation mutation) {
    return mutation.expected() instanceof Expected.Missed;
  }
}
