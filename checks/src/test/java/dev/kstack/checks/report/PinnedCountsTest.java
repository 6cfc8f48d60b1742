package dev.kstack.checks.report;

import static dev.kstack.checks.report.Searches.job;
import static dev.kstack.checks.report.Searches.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.explore.StopReason;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PinnedCountsTest {
  private static final long QUICK_STATES = 300_000;
  private static final Job JOB = job("switch-out+H8", Hardware.MANUALS, SizeOptions.NONE);

  /** {@code ./kstack check} compares the others too. */
  @TestFactory
  Stream<DynamicTest> quickSearchesHaveThePinnedCounts() {
    PinnedCounts pinned = PinnedCounts.load();
    return defaultJobs().stream()
        .filter(job -> pinned.of(job) != null && pinned.of(job).states() <= QUICK_STATES)
        .map(
            job ->
                dynamicTest(
                    job.name() + " under " + job.assumptions(),
                    () ->
                        assertNull(
                            pinned.difference(
                                job, new Explorer(job.program(), Settings.DEFAULT).search()))));
  }

  @Test
  void everySearchAtDefaultSizesIsPinned() {
    PinnedCounts pinned = PinnedCounts.load();
    for (Job job : defaultJobs()) {
      assertNotNull(pinned.of(job), () -> job.name() + ": run ./kstack check --accept-counts");
    }
  }

  @Test
  void searchOfAnotherSizeIsADifferenceUntilItIsAccepted() {
    PinnedCounts none = PinnedCounts.parse("");
    String missing = none.difference(JOB, result(JOB, StopReason.COMPLETE));
    assertTrue(missing.contains("not pinned: 10 states, 20 transitions, depth 3"), missing);

    RunReport run = RunReport.of(JOB, result(JOB, StopReason.COMPLETE), none);
    PinnedCounts accepted = none.accepting(List.of(run), List.of(JOB));
    assertNull(accepted.difference(JOB, result(JOB, StopReason.COMPLETE)));

    PinnedCounts other = PinnedCounts.parse(accepted.text().replace("\t10\t", "\t11\t"));
    String changed = other.difference(JOB, result(JOB, StopReason.COMPLETE));
    assertTrue(changed.contains("--accept-counts"), changed);
  }

  @Test
  void incompleteSearchesOtherSizesAndOtherHardwareAreNotCompared() {
    PinnedCounts none = PinnedCounts.parse("");
    assertNull(none.difference(JOB, result(JOB, StopReason.STATES)));

    Job other =
        job("switch-out+H8", Hardware.MANUALS, new SizeOptions(1, null, null, null, null, null));
    assertNull(none.difference(other, result(other, StopReason.COMPLETE)));

    Job elsewhere = job("switch-out+H8", Hardware.STRAY_A, SizeOptions.NONE);
    assertNull(none.difference(elsewhere, result(elsewhere, StopReason.COMPLETE)));
  }

  @Test
  void acceptingSomeRunsKeepsTheOthersAndDropsWhatNoLongerExists() {
    Job other = job("switch-out+H8", Hardware.SPEC_FILL, SizeOptions.NONE);
    Job gone = job("static", Hardware.MANUALS, SizeOptions.NONE);
    PinnedCounts all =
        PinnedCounts.parse("")
            .accepting(
                Stream.of(JOB, other, gone)
                    .map(j -> RunReport.of(j, result(j, StopReason.COMPLETE), null))
                    .toList(),
                List.of());

    PinnedCounts kept = all.accepting(List.of(), List.of(JOB, other));
    assertNotNull(kept.of(JOB));
    assertNotNull(kept.of(other));
    assertNull(kept.of(gone));
    assertEquals(kept.text(), PinnedCounts.parse(kept.text()).text());
  }

  private static List<Job> defaultJobs() {
    return new JobPlan(List.of(), false, AssumptionChoice.NONE, SizeOptions.NONE)
        .jobs(new Catalogue(Designs.ALL));
  }
}
