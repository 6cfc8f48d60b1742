package dev.kstack.checks.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Streams;
import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult.Counterexample.Step;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.html.ModelSources;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.StackProperties;
import org.junit.jupiter.api.Test;

/** What the page is told of where it is. */
class TourTest {
  /** A holds a lock that reclaim takes, and cannot be filled: no way leads back from there. */
  @Test
  void whereNobodyCanEverRunAThreadAgainIsSaidThereAndBeforeItIsTooLate() throws Refusal {
    Catalogue catalogue = new Catalogue(Designs.ALL);
    Job job =
        new Job(
            catalogue.find("switch-out"),
            Assumptions.of(Hardware.MANUALS).with(KernelLoad.LOCKS_ALONE),
            new Sizes(1, 2, 2, 4, 0, 0));
    ImmutableList<Step> run =
        new Explorer(job.program(), Settings.DEFAULT.withProgressOfTasks(true))
            .search()
            .found()
            .get(StackProperties.SCHEDULABLE)
            .steps();
    Tour tour =
        new Tour(job, catalogue, Budget.UNLIMITED, ModelSources.ofThisBuild(), ImmutableList.of());

    ObjectNode there = tour.look(run, run.size());
    ObjectNode before = tour.look(run.subList(0, run.size() - 1), run.size() - 1);

    assertFalse(there.path("never").isEmpty());
    assertTrue(there.path("never").toString().contains("waits for"), there::toString);
    assertTrue(before.path("never").isEmpty(), before::toString);
    long ways =
        Streams.stream(before.path("ahead")).filter(step -> step.path("never").asBoolean()).count();
    assertTrue(ways >= 1 && ways < before.path("ahead").size(), before::toString);
    assertEquals(0, tour.look(ImmutableList.of(), 0).path("never").size());
  }
}
