package dev.kstack.checks.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.report.AssumptionChoice;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.JobPlan;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * On all cores, a defect is found in a while (a rare race takes minutes); and what is reported with
 * a run has that run.
 */
class StressTest {
  private static Stress.Result stress(String name, double seconds) throws InterruptedException {
    return new Stress(job(name), seconds, 1, () -> false).run();
  }

  private static Job job(String name) {
    return new JobPlan(
            List.of(name), false, AssumptionChoice.of(Hardware.MANUALS), SizeOptions.NONE)
        .jobs(new Catalogue(Designs.ALL))
        .get(0);
  }

  @Test
  void aDefectIsFound() throws InterruptedException {
    Stress.Result result = stress("switch-out+H2", 60);

    assertNull(result.error());
    assertNotNull(result.violated(), () -> "not in %d rounds".formatted(result.rounds()));
    assertEquals(result.run() == null, !result.unordered().isEmpty());
    if (result.run() != null) {
      Run run = Run.of(job("switch-out+H2").program(), Reductions.NONE, result.run());
      assertTrue(run.raised().contains(result.violated()));
    }
  }

  @Test
  void aDesignThatIsRightGoesOn() throws InterruptedException {
    Stress.Result result = stress("shrinker", 1);

    assertNull(result.error());
    assertNull(result.violated());
    assertTrue(result.operations() > 1_000, () -> "only " + result.operations());
  }
}
