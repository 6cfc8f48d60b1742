package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.NEVER_DOOMED;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.StackUse;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Scan;

/**
 * Speculation does not set D, so it pins no page. But it may fill a TLB with a page whose D is
 * clear, by the manuals: D=0 proves less about TLBs than A=0 does.
 */
final class DirtyBit {
  static final Design DESIGN =
      new Design(
          "dirty-bit",
          "as shrinker, but a page is reclaimed if its D bit is clear",
          "Nadav Amit, March 2024",
          decisions(new FlushThenFree()),
          new DefaultSizes(2, 2, 3, FrameRule.THREE_QUARTERS),
          // a latch as well (H14); and who runs for ever keeps its frames
          Expectation.allHolds().violates(NEVER_DOOMED, RUNS_EVENTUALLY).doesNotClaim(REFINES_SPEC),
          ImmutableList.of(
              new Defect(
                  "H4",
                  "no flush",
                  "C1 speculates and fills f, D clear; S clears P and frees f; T gets f2 and stores to"
                      + " it on C0; T loads it on C1, whose TLB still says f",
                  decisions(WrongRelease.NO_FLUSH),
                  new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE_AND_ONE),
                  Expectation.allHolds()
                      .violates(NO_STALE_TRANSLATION)
                      .doesNotClaim(REFINES_SPEC))));

  private DirtyBit() {}

  private static Decisions decisions(Release release) {
    Scan scan = new Scan(new TaskCallFunc(), new CompareDirtyAndExchange(), release);
    return new Decisions(false, new AllOrNothing(), new NothingAtSwitchOut(), scan)
        .with(StackUse.DIRTY_BIT);
  }
}
