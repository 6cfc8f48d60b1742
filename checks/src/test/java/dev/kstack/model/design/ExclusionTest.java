package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.DEADLOCK_FREE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Scan;
import dev.kstack.model.kernel.Sizes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the shrinker must exclude, beyond the seeded defects. */
class ExclusionTest {
  private static SearchResult search(
      Exclusion exclusion, ReclaimTest test, Hardware hardware, Reductions reductions) {
    Decisions decisions =
        new Decisions(
            false,
            new AllOrNothing(),
            new NothingAtSwitchOut(),
            new Scan(exclusion, test, new FlushThenFree()));
    return new Explorer(
            new Kernel(new Sizes(2, 1, 2, 3, 0, 1), decisions, Assumptions.of(hardware)),
            Settings.DEFAULT.withReductions(reductions))
        .search();
  }

  /**
   * "Plain still loses a concurrent write", with the flush: true where the thread may run
   * meanwhile, and only there. Its A bit goes with the store that clears P; the cmpxchg fails
   * instead.
   */
  @Test
  void aPlainClearLosesAWriteOnlyWhereTheThreadMayRunMeanwhile() {
    assertTrue(losesAccessedPage(new OnCpuOnce(), new PlainClear()));
    assertFalse(losesAccessedPage(new TaskCallFunc(), new PlainClear()));
    assertFalse(losesAccessedPage(new OnCpuOnce(), new CompareAndExchange()));
    assertFalse(losesAccessedPage(new TaskCallFunc(), new CompareAndExchange()));
  }

  private static boolean losesAccessedPage(Exclusion exclusion, ReclaimTest test) {
    SearchResult result = search(exclusion, test, Hardware.MANUALS, Reductions.ALL);
    assertTrue(result.complete());
    return result.found().containsKey(ACCESSED_PAGE_KEPT);
  }

  static Stream<Reductions> reductions() {
    return Stream.of(Reductions.NONE, Reductions.ALL);
  }

  @ParameterizedTest
  @MethodSource("reductions")
  void locksTakenInTwoOrdersAreADeadlock(Reductions reductions) {
    SearchResult result =
        search(new RunQueueLockFirst(), new CompareAndExchange(), Hardware.MANUALS, reductions);
    assertTrue(result.found().containsKey(DEADLOCK_FREE));
    assertEquals(true, result.complete());
  }
}
