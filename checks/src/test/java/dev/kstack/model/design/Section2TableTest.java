package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.RUNS_FULLY_MAPPED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Scan;
import dev.kstack.model.kernel.Sizes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the hardware promises makes safe: how A is tested and P cleared, by whether TLBs are flushed
 * before the frame is free, by how the manuals are read. Every cell comes out of a search.
 */
class Section2TableTest {
  private static final Sizes SIZES = new Sizes(2, 2, 3, 5, 0, 1);
  private static final Sizes SMALL = new Sizes(2, 1, 2, 3, 0, 1);

  @ParameterizedTest(name = "{0}, {1}, {2}: stale {3}, accessed page missing {4}")
  @CsvSource({
    "plain,   no flush,   MANUALS,   true,  true",
    "plain,   no flush,   SPEC_FILL, true,  true",
    "plain,   then free,  MANUALS,   false, false",
    "plain,   then free,  SPEC_FILL, false, false",
    "xchg,    no flush,   MANUALS,   false, true",
    "xchg,    no flush,   SPEC_FILL, true,  true",
    "xchg,    then free,  MANUALS,   false, true",
    "xchg,    then free,  SPEC_FILL, false, true",
    "cmpxchg, no flush,   MANUALS,   false, false",
    "cmpxchg, no flush,   SPEC_FILL, true,  false",
    "cmpxchg, then free,  MANUALS,   false, false",
    "cmpxchg, then free,  SPEC_FILL, false, false",
  })
  void everyCellIsWhatTheSearchFinds(
      String test, String flush, Hardware hardware, boolean stale, boolean accessedPageMissing) {
    SearchResult result = search(test(test), release(flush), hardware);
    assertTrue(result.complete());
    assertEquals(stale, result.found().containsKey(NO_STALE_TRANSLATION));
    // With the flush, what a plain clear loses is only the A that speculation set: the thread is
    // off
    // CPU, and who writes to its stack then writes to a page that has A set already.
    assertEquals(accessedPageMissing, result.found().containsKey(ACCESSED_PAGE_KEPT));
    assertEquals(accessedPageMissing, result.found().containsKey(NO_STACK_FAULT));
  }

  /**
   * A stray A hides a hole from a refill that compares with 0, and is masked by one that does not.
   */
  @ParameterizedTest(name = "{0}, {1}, {2}: runs with a hole {3}")
  @CsvSource({
    "plain,   ZERO,        STRAY_A,   true",
    "xchg,    ZERO,        STRAY_A,   true",
    "cmpxchg, ZERO,        STRAY_A,   true",
    "plain,   NOT_PRESENT, STRAY_A,   false",
    "xchg,    NOT_PRESENT, STRAY_A,   false",
    "cmpxchg, NOT_PRESENT, STRAY_A,   false",
    "cmpxchg, ZERO,        MANUALS,   false",
    "cmpxchg, ZERO,        SPEC_FILL, false",
  })
  void aStrayAccessedBitMustBeMasked(
      String test, MissingPages missing, Hardware hardware, boolean runsWithHole) {
    Scan scan = new Scan(new TaskCallFunc(), test(test), new FlushThenFree());
    SearchResult result = search(new AllOrNothing(missing), scan, SMALL, hardware);
    assertTrue(result.complete());
    assertEquals(runsWithHole, result.found().containsKey(RUNS_FULLY_MAPPED));
  }

  /** Where A was cleared without a flush, A=0 proves nothing, and a flush before free is needed. */
  @ParameterizedTest(name = "aged {0}, {1}, {2}: stale {3}")
  @CsvSource({
    "WITHOUT_FLUSH, no flush,  MANUALS,   true",
    "WITHOUT_FLUSH, no flush,  SPEC_FILL, true",
    "WITHOUT_FLUSH, then free, MANUALS,   false",
    "WITHOUT_FLUSH, then free, SPEC_FILL, false",
    "THEN_FLUSH,    no flush,  MANUALS,   false",
    "THEN_FLUSH,    no flush,  SPEC_FILL, true",
    "THEN_FLUSH,    then free, MANUALS,   false",
  })
  void aClearedAccessedBitProvesNothingWithoutFlush(
      TestAndClearYoung ageing, String flush, Hardware hardware, boolean stale) {
    Scan scan = new Scan(new TaskCallFunc(), new CompareAndExchange(), release(flush), ageing);
    SearchResult result = search(new AllOrNothing(), scan, SMALL, hardware);
    assertTrue(result.complete());
    assertEquals(stale, result.found().containsKey(NO_STALE_TRANSLATION));
    // The rule of the proposal is given up: that is what ageing is for.
    assertTrue(result.found().containsKey(ACCESSED_PAGE_KEPT));
  }

  private static ReclaimTest test(String name) {
    return switch (name) {
      case "plain" -> new PlainClear();
      case "xchg" -> new ExchangeAndRestore();
      case "cmpxchg" -> new CompareAndExchange();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Release release(String flush) {
    return flush.equals("no flush") ? WrongRelease.NO_FLUSH : new FlushThenFree();
  }

  private static SearchResult search(ReclaimTest test, Release release, Hardware hardware) {
    Scan scan = new Scan(new TaskCallFunc(), test, release);
    return search(new AllOrNothing(), scan, SIZES, hardware);
  }

  private static SearchResult search(Refill refill, Scan scan, Sizes sizes, Hardware hardware) {
    Decisions decisions = new Decisions(false, refill, new NothingAtSwitchOut(), scan);
    return new Explorer(new Kernel(sizes, decisions, Assumptions.of(hardware)), Settings.DEFAULT)
        .search();
  }
}
