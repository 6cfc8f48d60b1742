package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.ATOMIC_CONTEXT;
import static dev.kstack.spec.StackProperties.DEADLOCK_FREE;
import static dev.kstack.spec.StackProperties.FRAME_OWNERSHIP;
import static dev.kstack.spec.StackProperties.LIVE_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.LOCKING_RULES;
import static dev.kstack.spec.StackProperties.LOCK_ORDER;
import static dev.kstack.spec.StackProperties.NEVER_DOOMED;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.RUNS_FULLY_MAPPED;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Scan;
import dev.kstack.model.kernel.SchedulerModel;
import java.util.function.Predicate;

/**
 * "If you don't want the overhead in the normal context switch path, you reclaim in a shrinker, at
 * the cost of needing locking to coordinate with the scheduler."
 */
final class ShrinkerReclaim {
  private static final DefaultSizes SIZES = new DefaultSizes(2, 2, 3, FrameRule.THREE_QUARTERS);

  /**
   * Two pages are enough to lose one, and a frame to refill it while the shrinker has the other.
   */
  private static final DefaultSizes RACY_SIZES =
      new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE_AND_ONE);

  private static final DefaultSizes SMALL = new DefaultSizes(2, 2, 2, FrameRule.THREE_QUARTERS);

  /**
   * The flush before free makes it right whatever speculation does to A. But a shrinker finds
   * nothing to reclaim where threads have accessed all that they have: with fewer frames than pages
   * of stacks, another can then never run again (H14). Nor does it take from a thread that runs, so
   * one that never sleeps keeps all it has from whoever waits for it (H13, H14).
   */
  private static final Expectation EXPECTATION =
      Expectation.allHolds()
          .violates(NEVER_DOOMED, RUNS_EVENTUALLY)
          .holds(assumed -> assumed.scheduler().moves(), NEVER_DOOMED, RUNS_EVENTUALLY);

  /** With a frame for every page, want of frames passes; and nobody else waits for the CPU. */
  private static final Expectation RACY_EXPECTATION =
      Expectation.allHolds()
          .violates(LOCKING_RULES, RUNS_FULLY_MAPPED, NO_STACK_FAULT, REFINES_SPEC)
          .violates(SPEC_FILL, ACCESSED_PAGE_KEPT, LIVE_PAGE_KEPT, NO_STALE_TRANSLATION);

  /** The same, where the scheduler does what it takes. */
  private static Expectation racyUnder(Predicate<SchedulerModel> scheduler) {
    return Expectation.allHolds()
        .violates(
            assumed -> scheduler.test(assumed.scheduler()),
            LOCKING_RULES,
            RUNS_FULLY_MAPPED,
            NO_STACK_FAULT,
            REFINES_SPEC)
        .violates(
            assumed ->
                scheduler.test(assumed.scheduler()) && assumed.hardware() == Hardware.SPEC_FILL,
            ACCESSED_PAGE_KEPT,
            LIVE_PAGE_KEPT,
            NO_STALE_TRANSLATION);
  }

  static final Design DESIGN =
      new Design(
              "shrinker",
              "pages whose A bit is clear are reclaimed by a shrinker that excludes the scheduler",
              "Dave Hansen, 18 Jun 2026",
              decisions(new TaskCallFunc(), new CompareAndExchange(), new FlushThenFree()),
              new DefaultSizes(2, 2, 4, FrameRule.THREE_QUARTERS),
              EXPECTATION,
              ImmutableList.of(
                  new Defect(
                      "H2",
                      "an accessed page is not present for a moment",
                      "S takes the PTE by xchg and sees A=1; C1 writes to the sleeper's stack and faults;"
                          + " S restores the PTE",
                      decisions(new TaskCallFunc(), new ExchangeAndRestore(), new FlushThenFree()),
                      SIZES,
                      EXPECTATION.violates(
                          ACCESSED_PAGE_KEPT,
                          LIVE_PAGE_KEPT,
                          NO_STACK_FAULT,
                          REFINES_SPEC,
                          SCHEDULABLE)),
                  new Defect(
                      "H4",
                      "no flush",
                      "C1 speculates and fills f; S clears P and frees f; T runs on C1, whose TLB still"
                          + " says f",
                      decisions(
                          new TaskCallFunc(), new CompareAndExchange(), WrongRelease.NO_FLUSH),
                      SIZES,
                      EXPECTATION.violates(SPEC_FILL, NO_STALE_TRANSLATION)),
                  new Defect(
                      "H5",
                      "free before flush",
                      "S clears P and frees f; T gets another frame and runs on C1, whose TLB still says"
                          + " f; S flushes",
                      decisions(
                          new TaskCallFunc(),
                          new CompareAndExchange(),
                          WrongRelease.FREE_THEN_FLUSH),
                      SIZES,
                      EXPECTATION.violates(SPEC_FILL, NO_STALE_TRANSLATION)),
                  new Defect(
                      "H6",
                      "refill before flush",
                      "S clears P, its flush is pending; T is switched in with f2 on C1, whose TLB still"
                          + " says f",
                      decisions(
                          new TaskCallFunc(),
                          new CompareAndExchange(),
                          WrongRelease.REFILL_WHILE_FLUSHING),
                      SIZES,
                      EXPECTATION.violates(SPEC_FILL, NO_STALE_TRANSLATION)),
                  new Defect(
                      "H7",
                      "reclaim before on_cpu=0",
                      "S sees T not runnable; T is still in schedule() on C0; S clears its page",
                      decisions(new ByState(), new CompareAndExchange(), new FlushThenFree()),
                      RACY_SIZES,
                      RACY_EXPECTATION),
                  new Defect(
                      "H8",
                      "pick during reclaim",
                      "S checks on_cpu=0; C1 switches T in with all pages; S clears one; T touches it:"
                          + " double fault",
                      decisions(new OnCpuOnce(), new CompareAndExchange(), new FlushThenFree()),
                      RACY_SIZES,
                      RACY_EXPECTATION),
                  new Defect(
                      "H9",
                      "locks taken in two orders",
                      "S holds the rq lock and waits for T's pi_lock; C0 wakes T: it holds T's pi_lock and"
                          + " waits for the rq lock",
                      decisions(
                          new RunQueueLockFirst(), new CompareAndExchange(), new FlushThenFree()),
                      SMALL,
                      EXPECTATION.violates(DEADLOCK_FREE, LOCK_ORDER, SCHEDULABLE)),
                  new Defect(
                      "H10",
                      "IPI deadlock",
                      "S holds T's locks and waits for C0's flush; C0 spins on one of them with"
                          + " interrupts off",
                      decisions(
                          new TaskCallFunc(),
                          new CompareAndExchange(),
                          WrongRelease.FLUSH_UNDER_LOCK),
                      SIZES,
                      EXPECTATION.violates(DEADLOCK_FREE, ATOMIC_CONTEXT, SCHEDULABLE)),
                  new Defect(
                      "H21",
                      "a partial fill is allowed to run",
                      "T gets some of the pages that it lacks and runs; an interrupt at the deepest point"
                          + " crosses into the hole: double fault",
                      refilledBy(new RunsPartly(), new FlushThenFree()),
                      SMALL,
                      RunsPartly.EXPECTATION),
                  new Defect(
                      "H22",
                      "birth latch: pages are mapped with A set",
                      "T's pages are mapped with PAGE_KERNEL, or zeroed through the mapping; T never uses"
                          + " them, and nobody can tell",
                      refilledBy(AllOrNothing.withPageKernel(), new NothingToRelease()),
                      SMALL,
                      AllOrNothing.BIRTH_LATCH),
                  new Defect(
                      "H24",
                      "wake during reclaim",
                      "S has cleared P and not yet freed f; T is woken and gets f2 in the slot; S frees"
                          + " what the slot holds: f2",
                      decisions(
                          new TaskCallFunc(),
                          new ClearPresentOnly(),
                          new FreeWhatTheSlotHolds(false)),
                      new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE_AND_ONE),
                      // one thread with a frame for every page never lacks one
                      Expectation.allHolds()
                          .violates(LOCKING_RULES, FRAME_OWNERSHIP, REFINES_SPEC)
                          .violates(SPEC_FILL, NO_STALE_TRANSLATION)),
                  new Defect(
                      "H33",
                      "stale run queue",
                      "S reads task_cpu(T) = C0; C1 pulls T to its own queue without pi_lock; S locks"
                          + " C0's run queue and clears a page while C1 runs T",
                      decisions(
                          WrongTaskCallFunc.STALE_RUN_QUEUE,
                          new CompareAndExchange(),
                          new FlushThenFree()),
                      RACY_SIZES,
                      SchedulerModel.ONLY_PULL,
                      racyUnder(SchedulerModel::moves)),
                  new Defect(
                      "H34",
                      "WAKING is not tested",
                      "C1 leaves the wakeup of T to C0 and releases pi_lock; S takes it, T is not RUNNING"
                          + " and on no queue; C0 runs T under the rq lock alone; S clears a page",
                      decisions(
                          WrongTaskCallFunc.WAKING_NOT_TESTED,
                          new CompareAndExchange(),
                          new FlushThenFree()),
                      RACY_SIZES,
                      SchedulerModel.ONLY_WAKE_LIST,
                      racyUnder(SchedulerModel::wakeList)),
                  new Defect(
                      "H35",
                      "MIGRATING is taken for asleep",
                      "C1 takes T off C0's queue and will attach it to its own; S finds T on no queue and"
                          + " not RUNNING, takes it for asleep and clears a page while C1 runs T",
                      decisions(
                          WrongTaskCallFunc.MIGRATING_TAKEN_FOR_ASLEEP,
                          new CompareAndExchange(),
                          new FlushThenFree()),
                      RACY_SIZES,
                      SchedulerModel.ONLY_DETACH,
                      racyUnder(SchedulerModel::detach)),
                  new Defect(
                      "H38",
                      "something is kept across the place where schedule() drops its lock",
                      "C0 picks T, fills it, and drops the rq lock for newidle balance; S takes T's locks"
                          + " and clears a page; C0 runs T",
                      refilledBy(WrongMoment.BEFORE_NEWIDLE_BALANCE, new FlushThenFree()),
                      RACY_SIZES,
                      SchedulerModel.ONLY_NEWIDLE,
                      // it runs with a hole: when its deepest page is the one, its CPU schedules no
                      // more
                      Expectation.allHolds()
                          .violates(
                              assumed -> assumed.scheduler().newidle(),
                              RUNS_FULLY_MAPPED,
                              NO_STACK_FAULT,
                              REFINES_SPEC)
                          .violates(
                              assumed ->
                                  assumed.scheduler().newidle()
                                      && assumed.hardware() == Hardware.SPEC_FILL,
                              ACCESSED_PAGE_KEPT,
                              LIVE_PAGE_KEPT,
                              SCHEDULABLE))))
          .alsoSearched(
              DefaultSearch.at(new DefaultSizes(2, 1, 2, FrameRule.THREE_QUARTERS))
                  .under(SchedulerModel.FULL));

  private ShrinkerReclaim() {}

  private static Decisions refilledBy(Refill refill, Release release) {
    Scan scan = new Scan(new TaskCallFunc(), new CompareAndExchange(), release);
    return new Decisions(false, refill, new NothingAtSwitchOut(), scan);
  }

  private static Decisions decisions(Exclusion exclusion, ReclaimTest test, Release release) {
    return new Decisions(
        false, new AllOrNothing(), new NothingAtSwitchOut(), new Scan(exclusion, test, release));
  }
}
