package dev.kstack.checks.export;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.AssumptionChoice;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.JobPlan;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.StoredTrace;
import dev.kstack.checks.report.TakenTrace;
import dev.kstack.checks.trace.Grain;
import dev.kstack.checks.trace.StoredRun;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import java.util.List;

/** Traces to be exported, each found by a search. */
final class ExportedTraces {
  private ExportedTraces() {}

  /** A stack fault: two CPUs, and a wakeup from one to the other. */
  static TakenTrace fault() {
    return found("switch-out+H8", Hardware.MANUALS, "no-stack-fault", 2, 2);
  }

  /** A run into a loop. */
  static TakenTrace loop() {
    return found("switch-out", Hardware.MANUALS, "runs-eventually", 1, 2);
  }

  /** A page that is reclaimed by a shrinker, which flushes TLBs. */
  static TakenTrace flush() {
    return found("shrinker", Hardware.MANUALS, "reclaims", 2, 1);
  }

  private static TakenTrace found(
      String name, Hardware hardware, String propertyName, int cpus, int pages) {
    Job job =
        new JobPlan(
                List.of(name),
                false,
                AssumptionChoice.of(hardware),
                new SizeOptions(cpus, null, Math.max(2, pages), null, null, null))
            .jobs(new Catalogue(Designs.ALL))
            .get(0);
    var result = new Explorer(job.program(), Settings.DEFAULT.withProgressOfTasks(true)).search();
    Property property =
        result.found().keySet().stream()
            .filter(p -> p.name().equals(propertyName))
            .findFirst()
            .orElseThrow();
    Counterexample run = java.util.Objects.requireNonNull(result.found().get(property));
    Sizes sizes = job.sizes();
    StoredRun stored =
        new StoredRun(
            name, null, Assumptions.of(hardware), sizes, propertyName, run, Grain.TRANSACTION);
    try {
      return TakenTrace.of(new StoredTrace(job, property, stored));
    } catch (TakenTrace.RefutedException e) {
      throw new AssertionError(e);
    }
  }
}
