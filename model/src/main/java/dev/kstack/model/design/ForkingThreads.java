package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.FRAME_OWNERSHIP;
import static dev.kstack.spec.StackProperties.LIVE_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.LOCKING_RULES;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.RUNS_FULLY_MAPPED;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.ForkAndExit;
import dev.kstack.model.kernel.Scan;

/**
 * The proposal's two designs in a kernel whose threads are born and die. K: kernel/fork.c: the
 * stack of a dead thread is cached, with its pages, for the next one, or freed after a grace
 * period.
 */
final class ForkingThreads {
  private static final DefaultSizes SIZES = new DefaultSizes(1, 2, 2, FrameRule.THREE_QUARTERS);

  private static final DefaultSizes ONE_THREAD = new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE);

  /**
   * As {@code switch-out}, but no trap: the last that ran had all its pages, so somebody has, and
   * whoever can run can exit, which frees what it accessed. Nothing makes it, though.
   */
  static final Design SWITCH_OUT =
      new Design(
          "fork-exit",
          "as switch-out, and threads are born and die; stacks of the dead are cached, or freed later",
          "domain, H18, H19, H22; K: kernel/fork.c",
          switchOut(new FillAtFork()),
          SIZES,
          switchOutExpectation(),
          ImmutableList.of(
              new Defect(
                  "H19",
                  "a dead stack is noted in its lowest page",
                  "T's page 0 is reclaimed; T dies; thread_stack_delayed_free() writes there: page"
                      + " fault",
                  switchOut(WrongForkAndExit.NOTE_AT_THE_LOWEST_ADDRESS),
                  SIZES,
                  switchOutExpectation().violates(NO_STACK_FAULT)),
              new Defect(
                  "H22",
                  "a fork that fails leaks",
                  "fork() takes one frame of two, and the pool is empty; it fails and forgets the"
                      + " frame",
                  switchOut(WrongForkAndExit.NO_ROLL_BACK),
                  SIZES,
                  // what leaks is lost to whoever waits for frames, and for ever
                  switchOutExpectation().violates(FRAME_OWNERSHIP, SCHEDULABLE))));

  static final Design SHRINKER =
      new Design(
          "fork-exit-shrinker",
          "as shrinker, and threads are born and die; the shrinker pins the stack that it scans",
          "domain, H18; K: include/linux/sched/task_stack.h",
          shrinker(new StackPinned(new TaskCallFunc())),
          ONE_THREAD,
          Expectation.allHolds(), // one thread with a frame for every page never lacks one
          ImmutableList.of(
              new Defect(
                  "H18",
                  "exit against shrinker",
                  "S has taken T from its list; T dies, its stack is cached, U is born with it and"
                      + " runs; S finds T off CPU and clears U's PTE",
                  shrinker(new TakenFromList(new TaskCallFunc())),
                  ONE_THREAD,
                  Expectation.allHolds()
                      .violates(LOCKING_RULES, RUNS_FULLY_MAPPED, NO_STACK_FAULT, REFINES_SPEC)
                      .violates(SPEC_FILL, ACCESSED_PAGE_KEPT, LIVE_PAGE_KEPT))));

  private ForkingThreads() {}

  private static Expectation switchOutExpectation() {
    return Expectation.allHolds()
        .violates(SPEC_FILL, NO_STALE_TRANSLATION)
        .violates(RUNS_EVENTUALLY);
  }

  private static Decisions switchOut(ForkAndExit forkAndExit) {
    return new Decisions(
            false, new AllOrNothing(), new ReclaimBeforeFinishTask(new CompareAndExchange()), null)
        .with(forkAndExit);
  }

  private static Decisions shrinker(Exclusion exclusion) {
    Scan scan = new Scan(exclusion, new CompareAndExchange(), new FlushThenFree());
    return new Decisions(false, new AllOrNothing(), new NothingAtSwitchOut(), scan)
        .with(new FillAtFork());
  }
}
