package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.MANUALS;
import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.model.kernel.KernelLoad.ALL;
import static dev.kstack.model.kernel.KernelLoad.LOCKS_ALONE;
import static dev.kstack.model.kernel.KernelLoad.RCU_ALONE;
import static dev.kstack.model.kernel.KernelLoad.RECLAIM_ALONE;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.design.Sparing.Whom;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.ReclaimLocking;
import dev.kstack.model.kernel.ReclaimPolicy;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Scan;
import dev.kstack.model.kernel.SwitchHook;
import java.util.function.Predicate;

/**
 * "You can't run it until you or some other CPU goes and does some reclaim." And if reclaim waits
 * for what it holds? What may be done about it, one thing in each design. They are searched at
 * sizes where {@code switch-out} is right as long as threads hold nothing: a frame for every page.
 */
final class PinHolders {
  private static final DefaultSizes SIZES = new DefaultSizes(1, 2, 2, FrameRule.EVERY_PAGE);

  /**
   * With a frame for every page, what a thread waits for is with another user, who gives it back:
   * at last, if nobody who runs holds for ever what that one waits for, or the frame itself. And
   * {@code switch-out} has no flush.
   */
  private static final Expectation EXPECTATION =
      Expectation.allHolds()
          .violates(SPEC_FILL, NO_STALE_TRANSLATION)
          .violates(either(WhatIsHeld.LOCKS, WhatIsHeld.RECLAIM), RUNS_EVENTUALLY);

  /** With a flush. */
  private static final Expectation OF_SHRINKER =
      Expectation.allHolds()
          .violates(either(WhatIsHeld.LOCKS, WhatIsHeld.RECLAIM), RUNS_EVENTUALLY);

  private static final SwitchHook RECLAIM = new ReclaimBeforeFinishTask(new CompareAndExchange());

  static final Design DESIGN =
      new Design(
          "pin-holders",
          "as switch-out, and who holds what reclaim may wait for keeps its whole stack",
          "derived, from K: mm/page_alloc.c, fs_reclaim; include/linux/sched/mm.h",
          atSwitchOut(Whom.HOLDERS, Whom.READERS, Whom.RECLAIMERS),
          searches(ALL),
          EXPECTATION,
          ImmutableList.of(
              new Defect(
                  "H39",
                  "a lock holder is not spared",
                  "A holds a lock that reclaim takes, and is preempted; its page goes, and the frame"
                      + " to another user, who waits for the lock before giving it back",
                  atSwitchOut(Whom.READERS, Whom.RECLAIMERS),
                  searches(LOCKS_ALONE),
                  EXPECTATION.violates(WhatIsHeld.LOCKS, SCHEDULABLE)),
              new Defect(
                  "H40",
                  "an RCU reader is not spared",
                  "A is preempted in a read-side section; its page goes, and the frame to another"
                      + " user, who gives it back after a grace period: that waits for A",
                  atSwitchOut(Whom.HOLDERS, Whom.RECLAIMERS),
                  searches(RCU_ALONE),
                  EXPECTATION.violates(WhatIsHeld.RCU, SCHEDULABLE, RUNS_EVENTUALLY)),
              new Defect(
                  "H41",
                  "who has frames in its hand is not spared",
                  "A takes a frame from its user, and sleeps before it gives it back; its own page"
                      + " goes, and B uses the frame; what would let A run is in the hand of A",
                  atSwitchOut(Whom.HOLDERS, Whom.READERS),
                  searches(RECLAIM_ALONE),
                  EXPECTATION.violates(WhatIsHeld.RECLAIM, SCHEDULABLE, RUNS_EVENTUALLY))));

  static final Design IN_SHRINKER =
      fix(
          "pin-holders-shrinker",
          "as shrinker, and who holds what reclaim may wait for keeps its whole stack",
          inShrinker(
              new Sparing(new CompareAndExchange(), Whom.HOLDERS, Whom.READERS, Whom.RECLAIMERS)),
          ImmutableList.<DefaultSearch>builder()
              .addAll(searches(LOCKS_ALONE, RECLAIM_ALONE))
              // what a thread frees without a flush can matter only there
              .add(DefaultSearch.at(SIZES).under(RECLAIM_ALONE).in(SPEC_FILL))
              .build(),
          OF_SHRINKER);

  /**
   * Lockdep checks that who sleeps so holds no lock; the design {@code freezer} says how the kernel
   * knows. Here a sleep is such a one wherever it could be.
   */
  static final Design FREEZABLE_ONLY =
      fix(
          "freezable-only",
          "as switch-out, and pages are taken only from who sleeps in TASK_FREEZABLE, with nothing"
              + " held",
          plain(
              new SleepersOnly(
                  new ReclaimBeforeFinishTask(
                      new Sparing(
                          new CompareAndExchange(), Whom.HOLDERS, Whom.READERS, Whom.RECLAIMERS)))),
          searches(ALL),
          EXPECTATION);

  /** Not enough: who sleeps may hold a mutex, and have frames in its hand. No reader sleeps. */
  static final Design SPARE_PREEMPTED =
      fix(
          "spare-preempted",
          "as switch-out, and nothing is taken from who was preempted",
          plain(new SleepersOnly(RECLAIM)),
          searches(LOCKS_ALONE, RCU_ALONE),
          EXPECTATION.violates(
              either(WhatIsHeld.LOCKS, WhatIsHeld.RECLAIM), SCHEDULABLE, RUNS_EVENTUALLY));

  /** Not enough: nobody waits for the lock, but what is behind it stays there. */
  static final Design TRY_RECLAIM =
      fix(
          "try-reclaim",
          "as switch-out, and reclaim only tries locks",
          plain(RECLAIM).with(new ReclaimPolicy(ReclaimLocking.TRYLOCK, true)),
          searches(LOCKS_ALONE),
          EXPECTATION.violates(WhatIsHeld.ANY, SCHEDULABLE, RUNS_EVENTUALLY));

  /** What a reader or a hand has, nobody reaps. */
  static final Design TRY_OR_REAP =
      fix(
          "try-or-reap",
          "as switch-out, reclaim only tries locks, and then a process is killed and reaped",
          plain(RECLAIM).with(new ReclaimPolicy(ReclaimLocking.TRYLOCK_OR_REAP, true)),
          searches(LOCKS_ALONE, RCU_ALONE),
          Expectation.allHolds()
              .violates(SPEC_FILL, NO_STALE_TRANSLATION)
              .violates(either(WhatIsHeld.RCU, WhatIsHeld.RECLAIM), SCHEDULABLE, RUNS_EVENTUALLY));

  /** Against frames in hand, and nothing else. */
  static final Design NO_PREEMPT_RECLAIM =
      fix(
          "no-preempt-reclaim",
          "as switch-out, and preemption is off from taking frames to giving them back",
          plain(RECLAIM).with(new ReclaimPolicy(ReclaimLocking.BLOCKING, false)),
          searches(RECLAIM_ALONE),
          EXPECTATION
              .violates(either(WhatIsHeld.LOCKS, WhatIsHeld.RCU), SCHEDULABLE, RUNS_EVENTUALLY)
              .holds(assumed -> assumed.kernel().equals(RECLAIM_ALONE), RUNS_EVENTUALLY));

  private PinHolders() {}

  private static Design fix(
      String name,
      String title,
      Decisions decisions,
      ImmutableList<DefaultSearch> searches,
      Expectation expectation) {
    return new Design(
        name,
        title,
        "derived, against H39, H40 and H41",
        decisions,
        searches,
        expectation,
        ImmutableList.of());
  }

  private static ImmutableList<DefaultSearch> searches(KernelLoad... loads) {
    ImmutableList.Builder<DefaultSearch> all = ImmutableList.builder();
    for (KernelLoad load : loads) {
      all.add(DefaultSearch.at(SIZES).under(load).in(MANUALS));
    }
    return all.build();
  }

  private static Predicate<Assumptions> either(
      Predicate<Assumptions> one, Predicate<Assumptions> other) {
    return one.or(other);
  }

  private static Decisions atSwitchOut(Whom... spared) {
    return plain(new ReclaimBeforeFinishTask(new Sparing(new CompareAndExchange(), spared)));
  }

  private static Decisions plain(SwitchHook hook) {
    return new Decisions(false, new AllOrNothing(), hook, null);
  }

  private static Decisions inShrinker(ReclaimTest test) {
    return new Decisions(
        false,
        new AllOrNothing(),
        new NothingAtSwitchOut(),
        new Scan(new TaskCallFunc(), test, new FlushThenFree()));
  }
}
