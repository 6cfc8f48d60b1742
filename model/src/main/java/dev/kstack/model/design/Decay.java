package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.LIVE_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.StackUse;
import dev.kstack.model.kernel.Ageing;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Scan;

/**
 * Against latch drift (H23; O'Keefe, 19 Jun 2026: "it's a one-way latch, right?"): pages are aged
 * as well, so that one that was accessed once goes again. The shrinker can do that; at switch-out
 * it is unsafe.
 */
final class Decay {
  private static final DefaultSizes SIZES = new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE_AND_ONE);

  /** That a page is kept for ever is what is given up. */
  private static final Expectation EXPECTATION =
      Expectation.allHolds().doesNotClaim(ACCESSED_PAGE_KEPT, REFINES_SPEC);

  /** Two pages below the top, so that one can come back as the frame of the other. */
  private static final DefaultSizes THREE_PAGES = new DefaultSizes(2, 1, 3, FrameRule.EVERY_PAGE);

  /** A=0 says less than in switch-out, and there is no flush to make up for it. */
  private static final Expectation AT_SWITCH_OUT_EXPECTATION =
      EXPECTATION.violates(NO_STALE_TRANSLATION);

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

  /** What the latch is good for at switch-out: with it, A=0 says that no TLB knows the page. */
  static final Design AT_SWITCH_OUT =
      new Design(
          "switch-out-decay",
          "as switch-out, and A is cleared there too, so that no page is kept for ever",
          "the answer to Zach O'Keefe, 19 Jun 2026, where no TLB can be flushed; derived",
          atSwitchOut(new BelowSpNotAccessed(new CompareAndExchange())),
          THREE_PAGES,
          AT_SWITCH_OUT_EXPECTATION,
          ImmutableList.of(
              new Defect(
                  "H3",
                  "stale entry after ageing",
                  "A=1 is cached on C1; C0 switches T out, clears A and flushes nothing; T runs through"
                      + " the TLB on C1, A stays 0; C1 switches T out and reclaims a page that T has"
                      + " something on",
                  atSwitchOut(new CompareAndExchange()),
                  THREE_PAGES,
                  AT_SWITCH_OUT_EXPECTATION.violates(LIVE_PAGE_KEPT, NO_STACK_FAULT))));

  private Decay() {}

  private static Decisions atSwitchOut(ReclaimTest test) {
    return new Decisions(
            false,
            new AllOrNothing(),
            new ReclaimThenAge(
                new ReclaimBeforeFinishTask(test), TestAndClearYoung.BELOW_SP_WITHOUT_FLUSH),
            null)
        .with(StackUse.SAVED_SP);
  }

  private static Decisions decisions(ReclaimTest test, Ageing ageing) {
    Scan scan = new Scan(new TaskCallFunc(), test, new FlushThenFree(), ageing);
    return new Decisions(false, new AllOrNothing(), new NothingAtSwitchOut(), scan)
        .with(StackUse.SAVED_SP);
  }
}
