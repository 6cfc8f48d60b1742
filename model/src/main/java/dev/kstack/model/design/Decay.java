package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.LIVE_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.StackUse;
import dev.kstack.model.kernel.Ageing;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Scan;

/**
 * Against latch drift (H23; O'Keefe, 19 Jun 2026: "it's a one-way latch, right?"): the shrinker
 * also ages the pages, so that one that was accessed once goes again.
 */
final class Decay {
  private static final DefaultSizes SIZES = new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE_AND_ONE);

  /** That a page is kept for ever is what is given up. */
  private static final Expectation EXPECTATION =
      Expectation.allHolds().doesNotClaim(ACCESSED_PAGE_KEPT, REFINES_SPEC);

  static final Design DESIGN =
      new Design(
          "decay",
          "as shrinker, and A is cleared now and then, so that no page is kept for ever",
          "the answer to Zach O'Keefe, 19 Jun 2026; derived",
          decisions(
              new BelowSpNotAccessed(new CompareAndExchange()), TestAndClearYoung.WITHOUT_FLUSH),
          SIZES,
          EXPECTATION,
          ImmutableList.of(
              new Defect(
                  "H3",
                  "stale entry after ageing",
                  "A=1 is cached on C1; S clears A and flushes nothing; T runs through the TLB, A"
                      + " stays 0; S reclaims a page that T has something on",
                  decisions(new CompareAndExchange(), TestAndClearYoung.BELOW_SP_WITHOUT_FLUSH),
                  SIZES,
                  EXPECTATION.violates(LIVE_PAGE_KEPT, NO_STACK_FAULT)),
              new Defect(
                  "H23",
                  "decay trusts its flush",
                  "S clears A below T's stack pointer; before S has flushed, T goes deep through the"
                      + " TLB, A stays 0, and sleeps; S flushes, and reclaims what T has something on",
                  decisions(new CompareAndExchange(), TestAndClearYoung.BELOW_SP_THEN_FLUSH),
                  SIZES,
                  EXPECTATION.violates(LIVE_PAGE_KEPT, NO_STACK_FAULT))));

  private Decay() {}

  private static Decisions decisions(ReclaimTest test, Ageing ageing) {
    Scan scan = new Scan(new TaskCallFunc(), test, new FlushThenFree(), ageing);
    return new Decisions(false, new AllOrNothing(), new NothingAtSwitchOut(), scan)
        .with(StackUse.SAVED_SP);
  }
}
