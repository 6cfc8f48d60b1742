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
   * All frames but the top pages', for two threads: what the reserve costs is all that is saved.
   */
  @ParameterizedTest(name = "switch-out with a reserve of {0} of 4 frames: trapped {1}")
  @CsvSource({"0, true", "1, true", "2, false"})
  void reserveForStacksAlone(int reserve, boolean trapped) {
    assertTrapped("switch-out", KernelLoad.LOCKS_ALONE, new Sizes(1, 2, 2, 4, reserve, 1), trapped);
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
