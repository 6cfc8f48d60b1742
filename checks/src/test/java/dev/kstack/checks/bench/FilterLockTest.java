package dev.kstack.checks.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import org.junit.jupiter.api.Test;

/** The engine finds of the Peterson filter lock what Spin, TLC and rumur find. */
class FilterLockTest {
  private static final int PROCESSES = 6;
  private static final long STATES = 1_827_936;
  private static final long TRANSITIONS = 6_803_688;

  @Test
  void explorerFindsTheStatesThatOtherCheckersFind() {
    SearchResult result = new Explorer(new FilterLock(PROCESSES, false), Settings.DEFAULT).search();

    assertTrue(result.complete());
    assertEquals(STATES, result.states());
    assertEquals(TRANSITIONS, result.transitions());
    assertTrue(result.found().isEmpty());
  }

  @Test
  void searchPackedByHandFindsTheSameStates() {
    HandPackedFilterLock lock = new HandPackedFilterLock(PROCESSES);
    lock.search();

    assertEquals(STATES, lock.states());
    assertEquals(TRANSITIONS, lock.transitions());
  }

  @Test
  void plantedDefectBreaksMutualExclusionInTenSteps() {
    SearchResult result = new Explorer(new FilterLock(3, true), Settings.DEFAULT).search();

    assertEquals(10, result.found().get(FilterLock.MUTUAL_EXCLUSION).steps().size());
  }
}
