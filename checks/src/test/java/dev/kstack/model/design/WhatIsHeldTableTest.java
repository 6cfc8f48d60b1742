package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.NO_CIRCLE;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.Sizes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which fix is enough against which hazard: H39 (locks), H40 (RCU), H41 (frames in hand). Every
 * cell comes out of a search, with a frame for every page of every stack. And a circle is seen in a
 * single state where, and only where, some thread is trapped.
 */
class WhatIsHeldTableTest {
  private static final Sizes SIZES = new Sizes(1, 2, 2, 4, 0, 1);

  @ParameterizedTest(name = "{0}: trapped by locks {1}, by RCU {2}, with frames in hand {3}")
  @CsvSource({
    "switch-out,           true,  true,  true",
    "shrinker,             true,  true,  true",
    "pin-holders,          false, false, false",
    "pin-holders-shrinker, false, false, false",
    "freezable-only,       false, false, false",
    "spare-preempted,      true,  false, true",
    "try-reclaim,          true,  true,  true",
    "try-or-reap,          false, true,  true",
    "no-preempt-reclaim,   true,  true,  false",
    "user-edge,            false, false, false",
    "below-sp,             false, false, false",
  })
  void everyCellIsWhatTheSearchFinds(String design, boolean locks, boolean rcu, boolean reclaim) {
    assertTrapped(design, KernelLoad.BARE, SIZES, false);
    assertTrapped(design, KernelLoad.LOCKS_ALONE, SIZES, locks);
    assertTrapped(design, KernelLoad.RCU_ALONE, SIZES, rcu);
    assertTrapped(design, KernelLoad.RECLAIM_ALONE, SIZES, reclaim);
  }

  /** What below-sp takes can be taken again; with a frame less there is nothing more to take. */
  @ParameterizedTest(name = "{0} with {1} frames, trapped by locks: {2}")
  @CsvSource({"below-sp, 3, true", "user-edge, 3, false"})
  void withFewerFrames(String design, int frames, boolean locks) {
    assertTrapped(design, KernelLoad.LOCKS_ALONE, new Sizes(1, 2, 2, frames, 0, 1), locks);
  }

  /**
   * A frame for every page but the top one of each stack: what the reserve costs is all that is
   * saved. With two threads on one CPU, whoever preempts a reader has all its pages at that moment,
   * so a frame less is enough for {@code switch-out}; a third thread undoes that.
   */
  @ParameterizedTest(name = "{0} under {1}: {2} threads, {3} pages, least reserve {4}")
  @CsvSource({
    "switch-out, LOCKS_ALONE,   1, 2, 1",
    "switch-out, LOCKS_ALONE,   2, 2, 2",
    "switch-out, LOCKS_ALONE,   3, 2, 3",
    "switch-out, LOCKS_ALONE,   1, 3, 2",
    "switch-out, LOCKS_ALONE,   2, 3, 4",
    "shrinker,   LOCKS_ALONE,   2, 2, 2",
    "switch-out, RCU_ALONE,     2, 2, 1",
    "switch-out, RCU_ALONE,     3, 2, 3",
    "shrinker,   RCU_ALONE,     2, 2, 2",
    "switch-out, RECLAIM_ALONE, 2, 2, 2",
    "switch-out, RECLAIM_ALONE, 3, 2, 3",
    "shrinker,   RECLAIM_ALONE, 2, 2, 2",
  })
  void reserveForStacksAlone(String design, String load, int threads, int pages, int least)
      throws ReflectiveOperationException {
    KernelLoad held = (KernelLoad) KernelLoad.class.getField(load).get(null);
    for (int reserve = 0; reserve <= least; reserve++) {
      Sizes sizes = new Sizes(1, threads, pages, threads * pages, reserve, 1);
      assertTrapped(design, held, sizes, reserve < least);
    }
  }

  private static void assertTrapped(String name, KernelLoad load, Sizes sizes, boolean expected) {
    Design design =
        Designs.ALL.stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
    Assumptions assumed = Assumptions.of(Hardware.MANUALS).with(load);
    SearchResult result =
        new Explorer(
                new Kernel(sizes, design.decisions(), assumed),
                Settings.DEFAULT.withProgressOfTasks(true))
            .search();
    assertTrue(result.complete());
    assertEquals(expected, result.found().containsKey(SCHEDULABLE), name + " under " + load);
    assertEquals(expected, result.found().containsKey(NO_CIRCLE), name + ", circle, " + load);
  }
}
