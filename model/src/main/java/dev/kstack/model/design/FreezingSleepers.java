package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.LIVE_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.NO_LOST_WAKEUP;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.PARKS;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.RUNS_FULLY_MAPPED;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Scan;
import dev.kstack.model.kernel.Thaw;

/**
 * An answer to "What else has been considered?" (Hansen, 18 Jun 2026), out of what Linux has: A=0
 * proves that a page was never used, and {@code schedule()} needs no memory.
 */
final class FreezingSleepers {
  private static final DefaultSizes SIZES = new DefaultSizes(2, 2, 2, FrameRule.EVERY_PAGE);

  /** Where the locking is broken on purpose, searches are larger, and this is enough. */
  private static final DefaultSizes ONE_CPU = new DefaultSizes(1, 1, 2, FrameRule.EVERY_PAGE);

  static final Design DESIGN =
      new Design(
          "freezer",
          "pages whose A bit is clear are reclaimed from sleepers that hold no lock, which are filled"
              + " before they are woken",
          "derived, from K: kernel/freezer.c; kernel stacks of sleepers were swapped out by BSD",
          decisions(
              FreezableSleepers.FROZEN_AT_ONCE,
              new FlushThenFree(),
              FilledBeforeWoken.KEPT_ON_LIST),
          SIZES,
          // others may take what the filler waits for, each time it is free
          expectation(),
          ImmutableList.of(
              new Defect(
                  "H6",
                  "filled before the flush is over",
                  "S clears P, its flush is pending; T is woken, filled with f2 and runs on C1, whose"
                      + " TLB still says f",
                  decisions(
                      FreezableSleepers.FROZEN_AT_ONCE,
                      WrongRelease.REFILL_WHILE_FLUSHING,
                      FilledBeforeWoken.KEPT_ON_LIST),
                  new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE_AND_ONE),
                  expectation().violates(SPEC_FILL, NO_STALE_TRANSLATION)),
              new Defect(
                  "H7",
                  "the mark is put on who runs, or is on a run queue",
                  "T has set its state and is still in schedule(), or was preempted before; S takes a"
                      + " page and freezes it",
                  decisions(
                      FreezableSleepers.BY_STATE,
                      new FlushThenFree(),
                      FilledBeforeWoken.KEPT_ON_LIST),
                  ONE_CPU,
                  racy()),
              new Defect(
                  "H8",
                  "frozen outside the critical section of the unmapping",
                  "S takes a page of T and releases pi_lock; C1 wakes T as ever, and runs it",
                  decisions(
                      FreezableSleepers.FROZEN_LATER,
                      new FlushThenFree(),
                      FilledBeforeWoken.KEPT_ON_LIST),
                  ONE_CPU,
                  racy()),
              new Defect(
                  "H15",
                  "a thread that could not be filled is on no list",
                  "R takes T off its list, and finds too few frames; that T was woken is known, so a"
                      + " later wakeup does nothing",
                  decisions(
                      FreezableSleepers.FROZEN_AT_ONCE,
                      new FlushThenFree(),
                      FilledBeforeWoken.TAKEN_OFF_LIST_FIRST),
                  new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE),
                  expectation().violates(SCHEDULABLE, RUNS_EVENTUALLY)),
              new Defect(
                  "LOOK",
                  "a wakeup between the look and the mark is lost",
                  "S finds T asleep; C1 wakes T, and runs it; S takes pi_lock, a page, and freezes T",
                  decisions(
                      FreezableSleepers.LOOKED_AT_BEFORE,
                      new FlushThenFree(),
                      FilledBeforeWoken.KEPT_ON_LIST),
                  ONE_CPU,
                  racy()),
              new Defect(
                  "TWICE",
                  "a second wakeup while it waits to be filled",
                  "T is frozen, and woken: that is remembered; it is woken again, and put on a run"
                      + " queue with pages missing",
                  decisions(
                      FreezableSleepers.FROZEN_AT_ONCE,
                      new FlushThenFree(),
                      FilledBeforeWoken.SECOND_WAKEUP_WAKES),
                  ONE_CPU,
                  racy())));

  private FreezingSleepers() {}

  /** Nobody is parked by {@code schedule()}, so nobody is to be kicked. */
  private static Expectation expectation() {
    return Expectation.allHolds().neverReaches(PARKS).doesNotClaim(NO_LOST_WAKEUP);
  }

  /**
   * It runs with a page missing. With a second CPU it also comes to run on both: who is frozen
   * while it runs is woken as a sleeper (kern/23095: panic in setrunqueue).
   */
  private static Expectation racy() {
    return expectation()
        .violates(RUNS_FULLY_MAPPED, NO_STACK_FAULT, REFINES_SPEC)
        .violates(SPEC_FILL, ACCESSED_PAGE_KEPT, LIVE_PAGE_KEPT);
  }

  private static Decisions decisions(Exclusion exclusion, Release release, Thaw thaw) {
    Scan scan = new Scan(exclusion, new CompareAndExchange(), release).with(thaw);
    return new Decisions(false, new NothingAtSwitchIn(), new NothingAtSwitchOut(), scan);
  }
}
