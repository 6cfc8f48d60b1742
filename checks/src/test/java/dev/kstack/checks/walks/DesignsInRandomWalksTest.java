package dev.kstack.checks.walks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Picker;
import dev.kstack.checks.explore.RandomWalk;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.walks.Machines.Schedule;
import dev.kstack.spec.StackProperties;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.statistics.Statistics;

/**
 * Accessed pages are never reclaimed, and whatever else a design is expected to keep: in walks that
 * jqwik makes up, through machines of sizes that no search is tried at.
 *
 * <p>A schedule is a list of numbers, so jqwik shrinks one that fails; what is left is shortened
 * once more as a run, and printed as every other trace.
 */
@Domain(Machines.class)
class DesignsInRandomWalksTest {
  @Property(edgeCases = EdgeCasesMode.NONE) // an empty schedule is one, and most of them are such
  void whatIsExpectedToHoldDoes(@ForAll Job job, @ForAll Schedule schedule) {
    Walker walker = Walker.of(job);
    RandomWalk.Walk walk =
        walker.walk(
            Picker.schedule(schedule.picks()), Machines.MOST_STEPS, walker.expectedToHold());
    for (dev.kstack.spec.Property property : walker.expectedToHold()) {
      assertTrue(!walk.raised().containsKey(property), () -> walker.trace(walk, property));
    }
    if (!job.subject().decisions().mappedForLife() && job.sizes().pages() > 1) {
      comesToThePoint(walk);
    }
  }

  /** Walks that never reclaimed anything would be green for ever. */
  private static void comesToThePoint(RandomWalk.Walk walk) {
    boolean reclaimed = walk.raised().containsKey(StackProperties.RECLAIMS);
    often("reclaimed a page", reclaimed, 25);
    often("filled a page after that", reclaimed && filledAfterwards(walk), 20);
    often("parked a thread", walk.raised().containsKey(StackProperties.PARKS), 25);
    often("took 100 steps or more", walk.run().steps().size() >= 100, 40);
  }

  private static boolean filledAfterwards(RandomWalk.Walk walk) {
    int reclaimed = walk.raised().get(StackProperties.RECLAIMS).iterator().next();
    return walk.raised().get(Fills.FILLS).stream().anyMatch(filled -> filled > reclaimed);
  }

  private static void often(String what, boolean is, int percent) {
    Statistics.label(what)
        .collect(is)
        .coverage(coverage -> coverage.check(true).percentage(p -> p >= percent));
  }
}
