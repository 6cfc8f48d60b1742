package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.model.hardware.Hardware.STRAY_A;
import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.ATOMIC_CONTEXT;
import static dev.kstack.spec.StackProperties.DATA_RACE_FREE;
import static dev.kstack.spec.StackProperties.DEADLOCK_FREE;
import static dev.kstack.spec.StackProperties.FRAME_OWNERSHIP;
import static dev.kstack.spec.StackProperties.LIVE_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.LOCKING_RULES;
import static dev.kstack.spec.StackProperties.LOCK_ORDER;
import static dev.kstack.spec.StackProperties.NEVER_DOOMED;
import static dev.kstack.spec.StackProperties.NO_LOST_WAKEUP;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.RUNS_FULLY_MAPPED;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.SchedulerModel;
import dev.kstack.model.kernel.SwitchHook;
import java.util.function.Predicate;

/**
 * "After context switching out, you take a look at 4x8b pte_t's that were mapping the kernel stack.
 * If the _PAGE_ACCESSED bit is clear, you can just clear _PAGE_PRESENT and reclaim the page."
 */
final class SwitchOut {
  private static final DefaultSizes SIZES = new DefaultSizes(2, 2, 3, FrameRule.THREE_QUARTERS);

  /** Where more goes wrong, searches are larger; two pages are enough to lose one. */
  private static final DefaultSizes RACY_SIZES =
      new DefaultSizes(2, 2, 2, FrameRule.THREE_QUARTERS);

  /** Under a scheduler as unkind as Linux's it is searched with frames for all. */
  private static final Predicate<Assumptions> PLENTIFUL =
      assumed -> assumed.scheduler().equals(SchedulerModel.FULL);

  /**
   * Right as the manuals are written; not if speculation fills a TLB and leaves A clear (H4). Where
   * there are fewer frames than pages of stacks, as at all sizes here, threads that access all of
   * their pages keep so many that another can never run again, though other users give back what
   * they have (H14). And a thread that is not switched out keeps what it never accessed too: who
   * waits for these frames may wait for ever, since nothing makes it sleep (H13, H14).
   */
  private static final Expectation EXPECTATION =
      Expectation.allHolds()
          .violates(SPEC_FILL, NO_STALE_TRANSLATION)
          .violates(NEVER_DOOMED, RUNS_EVENTUALLY)
          .holds(PLENTIFUL, NEVER_DOOMED, RUNS_EVENTUALLY);

  /**
   * A frame for every page, and one that nobody else takes: enough for all, and nobody waits on.
   */
  private static final DefaultSizes PLENTY = new DefaultSizes(2, 2, 2, FrameRule.EVERY_PAGE, 1);

  /** Too few for all, but what is free others leave to stacks; and a third, who sleeps on some. */
  private static final DefaultSizes RESERVED =
      new DefaultSizes(1, 3, 2, FrameRule.THREE_QUARTERS, 1);

  static final Design DESIGN =
      new Design(
              "switch-out",
              "pages whose A bit is clear are reclaimed right after the thread is switched out",
              "Dave Hansen, 18 Jun 2026; Andy Lutomirski, 11 Mar 2024",
              decisions(new AllOrNothing(), new ReclaimBeforeFinishTask(new CompareAndExchange())),
              new DefaultSizes(2, 2, 4, FrameRule.THREE_QUARTERS),
              EXPECTATION,
              ImmutableList.of(
                  new Defect(
                      "H1",
                      "A test and P clear not atomic",
                      "S reads A=0; C1 walks, sets A, fills its TLB; S stores P=0 and frees f; T runs on"
                          + " C1, whose TLB still says f",
                      decisions(new AllOrNothing(), new ReclaimBeforeFinishTask(new PlainClear())),
                      SIZES,
                      EXPECTATION.violates(
                          NO_STALE_TRANSLATION,
                          ACCESSED_PAGE_KEPT,
                          LIVE_PAGE_KEPT,
                          NO_STACK_FAULT,
                          REFINES_SPEC,
                          SCHEDULABLE)),
                  new Defect(
                      "H2",
                      "an accessed page is not present for a moment",
                      "C0 takes the PTE by xchg and sees A=1; C1 writes to the sleeper's stack and faults;"
                          + " C0 restores the PTE",
                      decisions(
                          new AllOrNothing(),
                          new ReclaimBeforeFinishTask(new ExchangeAndRestore())),
                      SIZES,
                      EXPECTATION.violates(
                          ACCESSED_PAGE_KEPT,
                          LIVE_PAGE_KEPT,
                          NO_STACK_FAULT,
                          REFINES_SPEC,
                          SCHEDULABLE)),
                  new Defect(
                      "H4",
                      "only this CPU's TLB is flushed",
                      "C1 speculates and fills f; C0 clears P, flushes its own TLB, frees f; T runs on C1,"
                          + " whose TLB still says f",
                      decisions(new AllOrNothing(), new FlushThisCpuOnly(new CompareAndExchange())),
                      SIZES,
                      EXPECTATION.violates(SPEC_FILL, NO_STALE_TRANSLATION)),
                  new Defect(
                      "H8",
                      "the hook stands after finish_task()",
                      "C0 has released T; C1 switches T in with all pages; C0 clears one; T touches it:"
                          + " double fault",
                      decisions(
                          new AllOrNothing(), new ReclaimAfterFinishTask(new CompareAndExchange())),
                      RACY_SIZES,
                      EXPECTATION
                          .violates(LOCKING_RULES)
                          .violates(RUNS_FULLY_MAPPED, NO_STACK_FAULT, REFINES_SPEC)
                          .violates(SPEC_FILL, ACCESSED_PAGE_KEPT, LIVE_PAGE_KEPT, SCHEDULABLE)),
                  new Defect(
                      "H11",
                      "the allocation in schedule() wakes kswapd",
                      "C0 holds the rq lock; the pool is short; the wakeup takes the rq lock of kswapd's"
                          + " CPU, which may be the same",
                      decisions(
                          WrongAllocation.WAKES_KSWAPD,
                          new ReclaimBeforeFinishTask(new CompareAndExchange())),
                      SIZES,
                      EXPECTATION.violates(ATOMIC_CONTEXT, LOCK_ORDER, DEADLOCK_FREE, SCHEDULABLE)),
                  new Defect(
                      "H12",
                      "refill sleeps",
                      "C0 holds the rq lock, with interrupts off; the pool is short; the slow path sleeps",
                      decisions(
                          WrongAllocation.SLEEPS,
                          new ReclaimBeforeFinishTask(new CompareAndExchange())),
                      SIZES,
                      // found by the search: who sleeps may be the only one with frames to give
                      // back
                      EXPECTATION.violates(ATOMIC_CONTEXT, DEADLOCK_FREE, SCHEDULABLE)),
                  new Defect(
                      "H15",
                      "lost wakeup when parking",
                      "C0 finds too few frames for T; frames are given back, and nobody waits for them; C0"
                          + " notes that it waits, and idles",
                      decisions(
                          WrongAllocation.NOTES_TOO_LATE,
                          new ReclaimBeforeFinishTask(new CompareAndExchange())),
                      SIZES,
                      EXPECTATION.violates(NO_LOST_WAKEUP)),
                  new Defect(
                      "H16",
                      "partial fill",
                      "T1 takes some of its pages, T2 takes some of its pages; both fail; both hold",
                      decisions(
                          new PageByPage(PageByPage.OnFailure.KEEP),
                          new ReclaimBeforeFinishTask(new CompareAndExchange())),
                      new DefaultSizes(2, 2, 3, FrameRule.SCARCEST),
                      EXPECTATION.violates(DEADLOCK_FREE, SCHEDULABLE)),
                  new Defect(
                      "H17",
                      "a frame is freed and stays mapped",
                      "the fill fails; roll back frees f; the PTE still maps f",
                      decisions(
                          new PageByPage(PageByPage.OnFailure.FREE_AND_LEAVE_MAPPED),
                          new ReclaimBeforeFinishTask(new CompareAndExchange())),
                      new DefaultSizes(2, 2, 3, FrameRule.SCARCEST),
                      EXPECTATION.violates(FRAME_OWNERSHIP, REFINES_SPEC, SCHEDULABLE)),
                  new Defect(
                      "H21",
                      "a partial fill is allowed to run",
                      "T gets some of the pages that it lacks and runs; an interrupt at the deepest point"
                          + " crosses into the hole: double fault",
                      decisions(
                          new RunsPartly(), new ReclaimBeforeFinishTask(new CompareAndExchange())),
                      RACY_SIZES,
                      RunsPartly.EXPECTATION.violates(SPEC_FILL, NO_STALE_TRANSLATION)),
                  new Defect(
                      "H22",
                      "birth latch: pages are mapped with A set",
                      "T's pages are mapped with PAGE_KERNEL, or zeroed through the mapping; T never uses"
                          + " them, and nobody can tell",
                      decisions(
                          AllOrNothing.withPageKernel(),
                          new ReclaimBeforeFinishTask(new CompareAndExchange())),
                      RACY_SIZES,
                      AllOrNothing.BIRTH_LATCH),
                  new Defect(
                      "H36",
                      "parked thread and balancer",
                      "T is parked on C0 for want of frames; C1 pulls it, and it stays parked; frames are"
                          + " given back and C0 is kicked, which has nobody to run; C1 idles",
                      decisions(
                          WrongMoment.PARKED_THREADS_MOVE_QUIETLY,
                          new ReclaimBeforeFinishTask(new CompareAndExchange())),
                      new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE),
                      SchedulerModel.ONLY_PULL,
                      // nobody else is there who could have it tried
                      Expectation.allHolds()
                          .violates(
                              assumed -> assumed.scheduler().pull(),
                              NO_LOST_WAKEUP,
                              SCHEDULABLE,
                              RUNS_EVENTUALLY)),
                  new Defect(
                      "H37",
                      "refill for nobody",
                      "T sleeps and is queued still; C0 picks it, and fills it with the frames that its"
                          + " switch-out has just given back; then dequeues it; U waits for these frames,"
                          + " and T sleeps on",
                      decisions(
                          WrongMoment.BEFORE_DELAYED_DEQUEUE,
                          new ReclaimBeforeFinishTask(new CompareAndExchange())),
                      RESERVED,
                      SchedulerModel.ONLY_DELAYED_DEQUEUE,
                      Expectation.allHolds()
                          .violates(SPEC_FILL, NO_STALE_TRANSLATION)
                          .violates(NEVER_DOOMED)
                          .violates(
                              assumed -> assumed.scheduler().delayedDequeue(), RUNS_EVENTUALLY)),
                  new Defect(
                      "KNL4",
                      "PTEs are compared with 0",
                      "a walk under way sets A in the PTE that C0 has just cleared; the next refill takes"
                          + " the page to be there; T touches it: double fault",
                      decisions(
                          new AllOrNothing(MissingPages.ZERO),
                          new ReclaimBeforeFinishTask(new CompareAndExchange())),
                      SIZES,
                      EXPECTATION.violates(
                          STRAY_A, RUNS_FULLY_MAPPED, NO_STACK_FAULT, REFINES_SPEC)),
                  new Defect(
                      "RACE",
                      "need_resched is read without READ_ONCE()",
                      "C0 has too few frames for T and looks whether it was kicked since; whoever gives"
                          + " some back kicks it by WRITE_ONCE() at the same time",
                      decisions(
                          new TryAgainIfKicked(),
                          new ReclaimBeforeFinishTask(new CompareAndExchange())),
                      SIZES,
                      EXPECTATION.violates(DATA_RACE_FREE))))
          .alsoSearched(DefaultSearch.at(PLENTY).under(SchedulerModel.FULL).in(Hardware.MANUALS));

  private SwitchOut() {}

  private static Decisions decisions(Refill refill, SwitchHook hook) {
    return new Decisions(false, refill, hook, null);
  }
}
