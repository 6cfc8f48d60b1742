package dev.kstack.checks.mutate;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/** Every mutation, by design. The command line and the tests read these lists. */
final class Mutations {
  private static final String STATIC = "static";
  private static final String SWITCH_OUT = "switch-out";
  private static final String SHRINKER = "shrinker";
  private static final String FORK_EXIT = "fork-exit";

  /** Nobody is ever parked there. */
  private static final ImmutableSet<String> NOT_OF_STATIC =
      ImmutableSet.of("picked-stays-parked", "not-parked");

  static final ImmutableList<Mutation> ALL =
      ImmutableList.<Mutation>builder()
          .addAll(
              SchedulerMutations.of(STATIC).stream()
                  .filter(mutation -> !NOT_OF_STATIC.contains(mutation.id()))
                  .map(Mutations::ofStatic)
                  .collect(toImmutableList()))
          .addAll(SchedulerMutations.of(SWITCH_OUT))
          .addAll(PoolMutations.of(SWITCH_OUT))
          .addAll(ReclaimMutations.ofBoth(SWITCH_OUT))
          .addAll(ReclaimMutations.ofSwitchOut(SWITCH_OUT))
          .addAll(SchedulerMutations.of(SHRINKER))
          .addAll(PoolMutations.of(SHRINKER))
          .addAll(ReclaimMutations.ofBoth(SHRINKER))
          .addAll(ReclaimMutations.ofShrinker(SHRINKER))
          .addAll(ForkMutations.of(FORK_EXIT))
          .addAll(SurroundingsMutations.ofDeferredFree("deferred-free"))
          .addAll(SurroundingsMutations.ofOomKill("oom-kill"))
          .addAll(SurroundingsMutations.ofLazyPgd("lazy-pgd"))
          .build();

  private Mutations() {}

  /** What becomes of a mutant otherwise where stacks are mapped for life. */
  private static Mutation ofStatic(Mutation mutation) {
    if (mutation.id().equals("resched-cleared-late")) {
      return mutation.equivalent(
          "nobody waits for frames there, so only wakers set need_resched, and they hold the rq lock:"
              + " none comes between the pick and the place where it is cleared now");
    }
    return mutation;
  }
}
