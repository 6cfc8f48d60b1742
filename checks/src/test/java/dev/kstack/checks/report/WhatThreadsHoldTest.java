package dev.kstack.checks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.KernelLoad;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every design where threads hold something, at its usual sizes, where the search ends soon: it may
 * lose progress where that is said, and nothing else.
 */
class WhatThreadsHoldTest {
  private static final int SOON = 6_000;
  private static final int AT_LEAST = 15;
  private static final List<KernelLoad> LOADS =
      List.of(
          KernelLoad.LOCKS_ALONE, KernelLoad.RCU_ALONE, KernelLoad.RECLAIM_ALONE, KernelLoad.ALL);

  @Test
  void breaksOnlyWhatIsExpected() {
    Catalogue catalogue = new Catalogue(Designs.ALL);
    Settings settings =
        Settings.DEFAULT
            .withProgressOfTasks(true)
            .withBudget(new Budget(SOON, Double.POSITIVE_INFINITY, Long.MAX_VALUE));
    int complete = 0;
    for (Subject subject : Designs.ALL.stream().map(d -> catalogue.find(d.name())).toList()) {
      for (KernelLoad load : LOADS) {
        Assumptions assumed = Assumptions.of(Hardware.MANUALS).with(load);
        Job job = new Job(subject, assumed, new Job(subject, assumed, null).defaultSizes());
        SearchResult result = new Explorer(job.program(), settings).search();
        complete += result.complete() ? 1 : 0;
        for (Finding finding : new Judge(job, result).findings()) {
          if (finding.verdict() != Verdict.UNDECIDED) {
            assertEquals(
                finding.expected(),
                finding.verdict(),
                "%s under %s: %s".formatted(subject.name(), load, finding.property().name()));
          }
        }
      }
    }
    assertTrue(complete >= AT_LEAST, "complete: " + complete);
  }
}
