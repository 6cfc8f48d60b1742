package dev.kstack.checks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations on the switch path, against what one counts by hand in the code. */
class PathCostTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aSwitchOfStaticStacksTakesOneLockWhateverTheNumberOfPages(int pages) {
    OperationCount switches = cost("static", pages).switches();

    assertEquals(1, switches.leastLocked());
    assertEquals(1, switches.mostLocked());
    assertEquals(1, switches.most() - switches.least()); // put_prev_task(), or on_rq = 0
  }

  /** At most: the pool for the missing pages, a cmpxchg for each below the top, the pool again. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void switchOutLocksThePoolTwiceAndEachPageOnce(int pages) {
    OperationCount added =
        cost("switch-out", pages).switches().minus(cost("static", pages).switches());

    assertEquals(0, added.leastLocked());
    assertEquals(2 + (pages - 1), added.mostLocked());
    assertEquals(2 * pages, added.least()); // looks at each PTE, of next and of prev
  }

  /** What the shrinker does, it does not do here: only missing pages are filled. */
  @Test
  void theShrinkerLeavesTheRefillInTheSwitch() {
    OperationCount added = cost("shrinker", 2).switches().minus(cost("static", 2).switches());

    assertEquals(2, added.least());
    assertEquals(1, added.mostLocked());
  }

  @Test
  void onlyDesignsThatDoSomethingAtTheEdgeHaveOne() {
    assertFalse(cost("switch-out", 2).entries().happened());
    assertTrue(cost("user-edge", 2).entries().happened());
    assertTrue(cost("entry", 1).exits().happened());
  }

  private static PathCost cost(String design, int pages) {
    Sizes sizes = new Sizes(1, 2, pages, 2 * pages + 1, 0, 0);
    return new PathCost(
        new Job(new Catalogue(Designs.ALL).find(design), Assumptions.of(Hardware.MANUALS), sizes)
            .kernel());
  }
}
