package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.MANUALS;
import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.LIVE_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.LOCKING_RULES;
import static dev.kstack.spec.StackProperties.NO_LOST_WAKEUP;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.PARKS;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.RUNS_FULLY_MAPPED;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.StackUse;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.ReclaimTest;
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
                  // whatever it touches, it has pi_lock each time
                  racy().holds(assumed -> true, LOCKING_RULES)),
              new Defect(
                  "H13",
                  "the filler's own stack can go",
                  "the filler is a thread that sleeps freezably; a page of it goes; it is woken, and"
                      + " waits for the filler",
                  decisions(
                          FreezableSleepers.FROZEN_AT_ONCE,
                          new FlushThenFree(),
                          FilledBeforeWoken.KEPT_ON_LIST)
                      .withKswapd(),
                  ONE_CPU,
                  expectation().violates(SCHEDULABLE, RUNS_EVENTUALLY)),
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
                  "H39",
                  "pages are taken from who sleeps and holds a lock",
                  "A sleeps with a lock that reclaim takes; its page goes, and the frame to another"
                      + " user, who waits for the lock before giving it back; A is woken, and R waits"
                      + " for a frame",
                  decisions(
                      FreezableSleepers.ANY_SLEEPER,
                      new FlushThenFree(),
                      FilledBeforeWoken.KEPT_ON_LIST),
                  ImmutableList.of(
                      DefaultSearch.at(new DefaultSizes(1, 2, 2, FrameRule.EVERY_PAGE))
                          .under(KernelLoad.LOCKS_ALONE)
                          .in(MANUALS)),
                  expectation().violates(WhatIsHeld.LOCKS, SCHEDULABLE)),
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
                  "ORDER",
                  "the state is looked at before on_rq, and not again",
                  "A has set FREEZABLE, and S sees it; A does not sleep, takes a lock that reclaim"
                      + " takes, and sleeps with it; S finds it off its run queue, and takes a page",
                  decisions(
                      FreezableSleepers.STATE_FIRST,
                      new FlushThenFree(),
                      FilledBeforeWoken.KEPT_ON_LIST),
                  ImmutableList.of(
                      DefaultSearch.at(new DefaultSizes(1, 2, 2, FrameRule.EVERY_PAGE))
                          .under(KernelLoad.LOCKS_ALONE)
                          .in(MANUALS)),
                  expectation().violates(WhatIsHeld.LOCKS, SCHEDULABLE)),
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

  /**
   * Nothing below the saved stack pointer is of use to who sleeps, so there is no latch, and H14 is
   * gone. A page that was used may be in any TLB; but the flush comes before the filling, always.
   */
  static final Design BELOW_SP =
      new Design(
          "freezer-sp",
          "as freezer, but whatever lies below the saved stack pointer is reclaimed",
          "derived: freezer, with Brian Gerst's stack pointer, March 2024",
          belowSp(new FlushThenFree(), FilledBeforeWoken.KEPT_ON_LIST),
          new DefaultSizes(2, 2, 2, FrameRule.THREE_QUARTERS),
          // who runs, and never sleeps so, keeps what another waits for
          expectation().doesNotClaim(ACCESSED_PAGE_KEPT, REFINES_SPEC).violates(RUNS_EVENTUALLY),
          ImmutableList.of(
              new Defect(
                  "H5",
                  "frames are free before TLBs are flushed",
                  "T used f on C1, whose TLB has it, A being set or not; S takes and frees f; T is"
                      + " woken, filled with f2, runs on C1, and uses f there",
                  belowSp(WrongRelease.FREE_THEN_FLUSH, FilledBeforeWoken.KEPT_ON_LIST),
                  ImmutableList.of(
                      DefaultSearch.at(new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE_AND_ONE))
                          .in(MANUALS)),
                  expectation()
                      .doesNotClaim(ACCESSED_PAGE_KEPT, REFINES_SPEC)
                      .violates(NO_STALE_TRANSLATION))));

  /**
   * Found by the search: where a stack can lack more than one page, a line is a trap. Two fillers
   * do not help, as both threads may be in the line of one.
   */
  static final Design BELOW_SP_NO_LINE =
      new Design(
          "freezer-sp-fits",
          "as freezer-sp, but whoever there are frames for is filled, and nobody stands in line",
          "derived: freezer-sp",
          belowSp(new FlushThenFree(), FilledBeforeWoken.WHO_FITS),
          ImmutableList.of(
              DefaultSearch.at(new DefaultSizes(1, 2, 3, FrameRule.SCARCEST)).in(MANUALS)),
          BELOW_SP.expectation(),
          ImmutableList.of(
              new Defect(
                  "LINE",
                  "who lacks one page is behind who lacks two",
                  "A sleeps two pages deep; B, with its top page, is woken, and lacks two; A is woken,"
                      + " lacks one, and is next; one frame is free",
                  belowSp(new FlushThenFree(), FilledBeforeWoken.KEPT_ON_LIST),
                  ImmutableList.of(
                      DefaultSearch.at(new DefaultSizes(1, 2, 3, FrameRule.SCARCEST)).in(MANUALS)),
                  BELOW_SP.expectation().violates(SCHEDULABLE))));

  /** It needs no filler as long as there are frames. */
  static final Design BY_WAKER =
      new Design(
          "freezer-waker",
          "as freezer, but who wakes fills with frames that are free; the filler does what is left",
          "derived: freezer, after Mach's stack_alloc_try()",
          decisions(
              FreezableSleepers.FROZEN_AT_ONCE,
              new FlushThenFree(),
              FilledBeforeWoken.WAKER_TRIES_FIRST),
          SIZES,
          expectation(),
          ImmutableList.of());

  /** One for each of two CPUs, on however many CPUs threads are searched. */
  static final Design TWO_FILLERS =
      new Design(
          "freezer-fillers",
          "as freezer, but with two fillers, as where each CPU has one",
          "derived: freezer, after bound workqueues, which have a worker for each CPU",
          with(FilledBeforeWoken.TWO_FILLERS),
          ImmutableList.of(
              DefaultSearch.at(new DefaultSizes(1, 2, 2, FrameRule.EVERY_PAGE)).in(MANUALS)),
          expectation(),
          ImmutableList.of());

  private FreezingSleepers() {}

  /** Nobody is parked by {@code schedule()}, so nobody is to be kicked. */
  static Expectation expectation() {
    return Expectation.allHolds()
        .neverReaches(PARKS)
        .doesNotClaim(NO_LOST_WAKEUP)
        // who runs may hold for ever, and not end a scan of a stack
        .violates(WhatIsHeld.LOCKS.or(WhatIsHeld.RECLAIM), RUNS_EVENTUALLY);
  }

  /**
   * It runs with a page missing. With a second CPU it also comes to run on both: who is frozen
   * while it runs is woken as a sleeper (kern/23095: panic in setrunqueue).
   */
  private static Expectation racy() {
    return expectation()
        .violates(LOCKING_RULES, RUNS_FULLY_MAPPED, NO_STACK_FAULT, REFINES_SPEC)
        .violates(SPEC_FILL, ACCESSED_PAGE_KEPT, LIVE_PAGE_KEPT);
  }

  /** As {@code freezer}, but for what becomes of who is frozen. */
  static Decisions with(Thaw thaw) {
    return decisions(FreezableSleepers.FROZEN_AT_ONCE, new FlushThenFree(), thaw);
  }

  private static Decisions belowSp(Release release, Thaw thaw) {
    return decisions(FreezableSleepers.FROZEN_AT_ONCE, new AllBelowSp(), release, thaw)
        .with(StackUse.SAVED_SP);
  }

  private static Decisions decisions(Exclusion exclusion, Release release, Thaw thaw) {
    return decisions(exclusion, new CompareAndExchange(), release, thaw);
  }

  private static Decisions decisions(
      Exclusion exclusion, ReclaimTest test, Release release, Thaw thaw) {
    Scan scan = new Scan(exclusion, test, release).with(thaw);
    return new Decisions(false, new NothingAtSwitchIn(), new NothingAtSwitchOut(), scan);
  }
}
