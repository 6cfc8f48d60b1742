package dev.kstack.checks.cli;

import static com.google.common.collect.ImmutableList.toImmutableList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.Screen;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.Subject;
import dev.kstack.checks.report.Verdict;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of several runs the one that matters most is printed. */
class TracesToPrintTest {
  private final RunReport run = search();

  @Test
  void whatIsNotExpectedMattersMost() {
    assertEquals(List.of("no-stack-fault"), printed(run));
    for (Property property :
        List.of(StackProperties.RUNS_FULLY_MAPPED, StackProperties.RUNS_EVENTUALLY)) {
      assertEquals(List.of(property.name()), printed(notExpecting(property)));
    }
  }

  @Test
  void theOthersAreNamedWithWhatPrintsThem() {
    String lines = String.join("\n", lines(run, List.of()));
    assertTrue(lines.contains("    switch-out+H8 under manuals: runs-eventually in "), lines);
    assertTrue(lines.contains("--show runs-fully-mapped"), lines);
  }

  @Test
  void namesMeanThoseAlone() {
    List<String> lines = lines(run, List.of("runs-eventually"));
    assertEquals(List.of("runs-eventually"), headlines(lines));
  }

  private static List<String> printed(RunReport report) {
    return headlines(lines(report, List.of()));
  }

  private static List<String> headlines(List<String> lines) {
    return lines.stream()
        .filter(line -> line.matches("\\S+ is VIOLATED.*"))
        .map(line -> line.substring(0, line.indexOf(' ')))
        .toList();
  }

  private static List<String> lines(RunReport report, List<String> named) {
    return new TracesToPrint(
            List.of(report.job()), List.of(report), Reductions.ALL, false, named, new Screen(0))
        .lines();
  }

  private RunReport notExpecting(Property property) {
    return new RunReport(
        run.job(),
        run.result(),
        run.findings().stream()
            .map(
                f ->
                    f.property().equals(property)
                        ? new Finding(property, f.verdict(), Verdict.HOLDS, f.run())
                        : f)
            .collect(toImmutableList()),
        run.remarks(),
        false,
        ImmutableSet.of(),
        ImmutableMap.of());
  }

  private static RunReport search() {
    Subject subject = new Catalogue(Designs.ALL).find("switch-out+H8");
    Assumptions manuals = Assumptions.of(Hardware.MANUALS);
    Job job = new Job(subject, manuals, SizeOptions.NONE.of(subject, manuals));
    Settings settings = Settings.DEFAULT.withProgressOfTasks(true);
    return RunReport.of(job, new Explorer(job.program(), settings).search(), null);
  }
}
