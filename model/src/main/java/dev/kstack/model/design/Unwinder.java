package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.spec.StackProperties.NEVER_DOOMED;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.StackReader;

/**
 * {@code switch-out} in a kernel where others read stacks. What they read is kept for ever, like
 * what its thread uses: a backtrace of all CPUs costs savings.
 */
final class Unwinder {
  private static final DefaultSizes SIZES = new DefaultSizes(2, 2, 2, FrameRule.THREE_QUARTERS);

  /** As {@code switch-out}: a reader is one more reason for A to be set. */
  private static final Expectation EXPECTATION =
      Expectation.allHolds()
          .violates(SPEC_FILL, NO_STALE_TRANSLATION)
          .violates(NEVER_DOOMED, RUNS_EVENTUALLY);

  static final Design DESIGN =
      new Design(
          "unwinder",
          "as switch-out, and anybody reads any stack without its locks, ready for holes",
          "domain, H20; K: arch/x86/kernel/unwind_orc.c, mm/maccess.c",
          decisions(new CopyNofault()),
          SIZES,
          EXPECTATION,
          ImmutableList.of(
              new Defect(
                  "H20",
                  "a reader looks for P, and then reads",
                  "C1 finds a page of T present; C0 reclaims it; C1 reads: page fault",
                  decisions(new ReadIfPresent()),
                  SIZES,
                  EXPECTATION.violates(NO_STACK_FAULT, SCHEDULABLE))));

  private Unwinder() {}

  private static Decisions decisions(StackReader reader) {
    return new Decisions(
            false, new AllOrNothing(), new ReclaimBeforeFinishTask(new CompareAndExchange()), null)
        .with(reader);
  }
}
