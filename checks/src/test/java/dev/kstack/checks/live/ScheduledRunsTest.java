package dev.kstack.checks.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.report.AssumptionChoice;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.JobPlan;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.live.LiveRun;
import dev.kstack.model.live.LiveStep;
import dev.kstack.model.live.RandomChooser;
import dev.kstack.model.live.RandomSchedule;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What real threads do over ordinary memory, one operation at a time, the explorer does too, and it
 * notices the same.
 */
class ScheduledRunsTest {
  private static final int STEPS = 400;

  static List<Job> jobs() {
    return new JobPlan(List.of(), false, AssumptionChoice.NONE, SizeOptions.NONE)
        .jobs(new Catalogue(Designs.ALL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jobs")
  void theExplorerTakesTheSameRunAndNoticesTheSame(Job job) throws InterruptedException {
    for (int seed = 1; seed <= 5; seed++) {
      LiveRun live = run(job, seed);
      assertNull(live.error(), () -> job.name() + ": " + live.error());
      assertTrue(!live.steps().isEmpty());

      Run run = Run.of(job.program(), Reductions.NONE, OperationRun.of(live.steps()));

      Set<Property> atEnd = violations(run.raised());
      assertEquals(atEnd, violations(live.raised()), job.name() + ", seed " + seed);
    }
  }

  /** The live run ends with the first violation; what is only reached may have been so before. */
  private static Set<Property> violations(List<Property> raised) {
    Set<Property> violations = new HashSet<>(raised);
    violations.removeIf(p -> p.kind() != Property.Kind.SAFETY);
    // What others may touch, and what they are about to, only the explorer knows.
    violations.remove(StackProperties.LOCKING_RULES);
    violations.remove(StackProperties.DATA_RACE_FREE);
    return violations;
  }

  private static LiveRun run(Job job, int seed) throws InterruptedException {
    return LiveRun.scheduled(
        job.program(),
        new RandomSchedule(seed, STEPS),
        process -> new RandomChooser(31L * seed + process),
        job.program().layout().claims().stream()
            .filter(p -> p.kind() == Property.Kind.SAFETY)
            .collect(ImmutableSet.toImmutableSet()));
  }

  @Test
  void theSameSeedGivesTheSameRun() throws InterruptedException {
    Job job =
        new Job(
            new Catalogue(Designs.ALL).find("shrinker"),
            Assumptions.of(Hardware.SPEC_FILL),
            jobs().get(0).sizes());
    assertEquals(steps(run(job, 3)), steps(run(job, 3)));
    assertTrue(!steps(run(job, 3)).equals(steps(run(job, 4))));
  }

  private static List<String> steps(LiveRun run) {
    return run.steps().stream().map(ScheduledRunsTest::show).toList();
  }

  private static String show(LiveStep step) {
    return step.process() + Arrays.toString(step.choices());
  }
}
