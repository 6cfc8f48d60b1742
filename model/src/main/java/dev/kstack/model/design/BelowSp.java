package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.StackUse;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.SwitchHook;

/**
 * The saved stack pointer says what a switched out thread still needs, better than A: pages that it
 * once used go too. The price is that A=0 no longer proves that no TLB knows them.
 */
final class BelowSp {
  private static final DefaultSizes SIZES = new DefaultSizes(2, 2, 2, FrameRule.THREE_QUARTERS);

  /** A page can come back as another frame. */
  private static final DefaultSizes SPARE = new DefaultSizes(2, 2, 2, FrameRule.EVERY_PAGE);

  /** The same with one thread; it is parked while its flush is pending. */
  private static final DefaultSizes ALONE = new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE_AND_ONE);

  /**
   * An accessed page goes as soon as the thread has returned from it: by construction. With a frame
   * for every page, what a thread waits for is with another user, who gives it back.
   */
  private static final Expectation WITH_FRAMES =
      Expectation.allHolds().doesNotClaim(ACCESSED_PAGE_KEPT, REFINES_SPEC);

  /** Who runs keeps its pages, and need never sleep: who waits for them may wait for ever. */
  private static final Expectation EXPECTATION = WITH_FRAMES.violates(RUNS_EVENTUALLY);

  static final Design DESIGN =
      new Design(
          "below-sp",
          "what lies below the saved stack pointer is reclaimed after the switch, and refilled"
              + " before the thread runs again",
          "Brian Gerst, March 2024",
          decisions(new AllOrNothing(), UnmapBelowSp.FREE_AFTER_FLUSH),
          SIZES,
          EXPECTATION,
          ImmutableList.of(
              new Defect(
                  "H5",
                  "free before flush",
                  "T runs on C1 and is switched out on C0, which unmaps f and frees it; T gets f2 and"
                      + " runs on C1, whose TLB still says f",
                  withoutPurge(new AllOrNothing(), UnmapBelowSp.FREE_AT_ONCE),
                  SPARE,
                  WITH_FRAMES.violates(NO_STALE_TRANSLATION)),
              new Defect(
                  "H6",
                  "refill before flush, but for this CPU's TLB",
                  "C0 unmaps f, the flush is pending; T is switched in on C0 with f2, and C0 flushes its"
                      + " own TLB; T goes deep and sleeps; C1 writes to a waiter on T's stack, and its"
                      + " TLB still says f",
                  decisions(new FlushedHere(), UnmapBelowSp.REFILL_WHILE_FLUSHING),
                  ALONE,
                  WITH_FRAMES.violates(NO_STALE_TRANSLATION))));

  private BelowSp() {}

  private static Decisions decisions(Refill refill, SwitchHook hook) {
    return withoutPurge(refill, hook).with(new FlushAllThenFree());
  }

  private static Decisions withoutPurge(Refill refill, SwitchHook hook) {
    return new Decisions(false, refill, hook, null).with(StackUse.SAVED_SP);
  }
}
