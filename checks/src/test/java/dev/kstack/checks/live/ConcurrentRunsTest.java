package dev.kstack.checks.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.report.AssumptionChoice;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.JobPlan;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.live.LiveRun;
import dev.kstack.model.live.Pauses;
import dev.kstack.model.live.RandomChooser;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With operations that overlap, no design does what it must not. */
class ConcurrentRunsTest {
  @ParameterizedTest
  @ValueSource(strings = {"static", "switch-out", "shrinker"})
  @Timeout(30)
  void nothingIsViolated(String design) throws InterruptedException {
    LiveRun run = run(design, 1);

    assertNull(run.error());
    assertTrue(run.operations() > 1_000, () -> "only " + run.operations());
    assertEquals(
        List.of(), run.raised().stream().filter(p -> p.kind() == Property.Kind.SAFETY).toList());
  }

  private static LiveRun run(String name, double seconds) throws InterruptedException {
    Job job =
        new JobPlan(List.of(name), false, AssumptionChoice.of(Hardware.MANUALS), SizeOptions.NONE)
            .jobs(new Catalogue(Designs.ALL))
            .get(0);
    Program program = job.program();
    return LiveRun.concurrent(
        program,
        p -> new RandomChooser(p),
        new Pauses(program.processes().size(), 3, 20),
        seconds,
        Long.MAX_VALUE,
        false,
        program.layout().claims().stream()
            .filter(p -> p.kind() == Property.Kind.SAFETY)
            .collect(ImmutableSet.toImmutableSet()));
  }
}
