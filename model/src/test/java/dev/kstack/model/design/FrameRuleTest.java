package dev.kstack.model.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.machine.Layout;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** There are always frames enough for one thread to run, and never more than the rule says. */
class FrameRuleTest {
  @Property
  void eachThreadCanRunWhileTheOthersHaveTheirTopPageOnly(
      @ForAll FrameRule rule,
      @ForAll @IntRange(min = 1, max = Sizes.MAX_THREADS) int threads,
      @ForAll @IntRange(min = 1, max = Sizes.MAX_PAGES) int pages) {
    boolean wholeStacks = rule == FrameRule.A_STACK_LESS; // who does not run has no page at all
    assertTrue(rule.frames(threads, pages) >= (wholeStacks ? pages : threads - 1 + pages));
  }

  @Property
  void threeQuartersAreThreeOfFourFramesOfStaticStacksRoundedUp(
      @ForAll @IntRange(min = 2, max = Sizes.MAX_THREADS) int threads,
      @ForAll @IntRange(min = 2, max = Sizes.MAX_PAGES) int pages) {
    int all = threads * pages;
    int frames = FrameRule.THREE_QUARTERS.frames(threads, pages);
    int least = FrameRule.SCARCEST.frames(threads, pages);
    assertTrue(frames == least || 4 * frames >= 3 * all && 4 * (frames - 1) < 3 * all);
    assertTrue(frames <= all);
  }

  @Example
  void theRealSizeHasNineFramesOfTwelve() {
    assertEquals(9, FrameRule.THREE_QUARTERS.frames(3, 4));
    assertEquals(13, FrameRule.EVERY_PAGE_AND_ONE.frames(3, 4));
    assertEquals(12, FrameRule.EVERY_PAGE.frames(3, 4));
    assertEquals(8, FrameRule.A_STACK_LESS.frames(3, 4));
    assertEquals(6, FrameRule.SCARCEST.frames(3, 4));
  }

  @Example
  void everyDesignFitsIntoALayoutAtItsDefaultSizes() {
    for (Design design : Designs.ALL) {
      DefaultSizes d = design.sizes();
      assertTrue(d.frames().frames(d.threads(), d.pages()) <= Layout.MAX_FRAMES, design.name());
    }
  }
}
