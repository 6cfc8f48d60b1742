package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.MANUALS;
import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Surroundings;
import dev.kstack.model.kernel.TopLevels;

/**
 * As {@code switch-out}, but a stack may stand where the next mm's page table has no top-level
 * entry. Andy Lutomirski, Aug 2016, on vmapped stacks: populate before the switch.
 */
final class LazyTopLevels {
  /** Two threads on one CPU, with a frame for every page: another stack in each mm. */
  private static final DefaultSizes SIZES = new DefaultSizes(1, 2, 2, FrameRule.EVERY_PAGE);

  /** What is not in the page table is in no TLB. */
  private static final ImmutableList<DefaultSearch> SEARCHES =
      ImmutableList.of(DefaultSearch.at(SIZES).in(MANUALS));

  private static final Expectation EXPECTATION =
      Expectation.allHolds().violates(SPEC_FILL, NO_STALE_TRANSLATION);

  static final Design DESIGN =
      new Design(
          "lazy-pgd",
          "as switch-out, with top-level entries of page tables filled in before each switch",
          "domain, H29; Andy Lutomirski, Aug 2016",
          decisions(true),
          SEARCHES,
          EXPECTATION,
          ImmutableList.of(
              new Defect(
                  "H29",
                  "the page table of the next mm has no entry for the stack",
                  "T's stack is mapped, but the page table that C0 loads has no top-level entry for"
                      + " it; C0 touches it, and the fault is pushed on the same stack: double fault",
                  decisions(false),
                  SEARCHES,
                  // and whose page table it is never runs
                  EXPECTATION.violates(NO_STACK_FAULT, SCHEDULABLE, RUNS_EVENTUALLY))));

  private LazyTopLevels() {}

  private static Decisions decisions(boolean synced) {
    return new Decisions(
            false, new AllOrNothing(), new ReclaimBeforeFinishTask(new CompareAndExchange()), null)
        .with(Surroundings.with(new TopLevels(synced)));
  }
}
