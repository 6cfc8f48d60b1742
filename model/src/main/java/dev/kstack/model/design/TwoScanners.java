package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Scan;
import dev.kstack.model.kernel.Surroundings;

/**
 * K: mm/vmscan.c, shrink_slab(): direct reclaim scans in whoever allocates, and kswapd does at the
 * same time. Each excludes the scheduler and the other by {@code task_call_func()}, owns the frames
 * of the PTEs that its own cmpxchg has cleared, and waits for a flush of its own.
 */
final class TwoScanners {
  /** Two stacks, of which each scanner has one; and another frame than that which went. */
  private static final DefaultSizes SIZES = new DefaultSizes(1, 2, 2, FrameRule.EVERY_PAGE);

  /** What a skipped flush leaves in a TLB is what got there with A clear. */
  private static final ImmutableList<DefaultSearch> SEARCHES =
      ImmutableList.of(DefaultSearch.at(SIZES).in(SPEC_FILL));

  /** With a frame for every page nobody is doomed, and what others have they give back. */
  private static final Expectation EXPECTATION = Expectation.allHolds();

  static final Design DESIGN =
      new Design(
          "two-scanners",
          "as shrinker, and two scan at once, as direct reclaim and kswapd do",
          "domain, H30; K: mm/vmscan.c",
          decisions(new FlushThenFree()),
          SEARCHES,
          EXPECTATION,
          ImmutableList.of(
              new Defect(
                  "H30",
                  "a flush is skipped because one is under way",
                  "S2 flushes A; S has unmapped a page of B, waits for S2's flush in place of its"
                      + " own, and frees the frame; B gets another and runs on C0, whose TLB says the"
                      + " first",
                  decisions(WrongRelease.FLUSH_SKIPPED),
                  SEARCHES,
                  EXPECTATION.violates(SPEC_FILL, NO_STALE_TRANSLATION))));

  private TwoScanners() {}

  private static Decisions decisions(Release release) {
    Scan scan = new Scan(new TaskCallFunc(), new CompareAndExchange(), release);
    return new Decisions(false, new AllOrNothing(), new NothingAtSwitchOut(), scan)
        .with(Surroundings.withTwoScanners());
  }
}
