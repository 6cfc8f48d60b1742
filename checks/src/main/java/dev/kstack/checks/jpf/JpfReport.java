package dev.kstack.checks.jpf;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.RunTraces;
import dev.kstack.checks.report.TextTable;
import dev.kstack.checks.report.TraceFolder;
import dev.kstack.checks.report.Verdict;
import dev.kstack.checks.trace.Paragraph;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What Java PathFinder says, beside what the explorer says, for people. */
public final class JpfReport {
  private static final int INDENT = 4;
  private static final int LABEL = 16;
  private static final int RULE_WIDTH = 100;

  private final TextTable table;

  /** Of these jobs. */
  public JpfReport(List<Job> jobs) {
    table =
        new TextTable()
            .column(1, false, "")
            .column(jobs.stream().mapToInt(j -> j.name().length()).max().orElse(0), false, "design")
            .column(
                jobs.stream().mapToInt(j -> j.assumptions().label().length()).max().orElse(0),
                false,
                "hardware")
            .column(1, true, "C")
            .column(1, true, "T")
            .column(1, true, "P")
            .column(2, true, "F")
            .column(1, true, "R")
            .column(1, true, "S")
            .column(9, true, "JPF:", "states")
            .column(10, true, "trans-", "itions")
            .column(8, true, "time")
            .column(5, true, "MB")
            .column(9, true, "explorer:", "states")
            .column(7, true, "time");
  }

  /** The lines before the first row. */
  public ImmutableList<String> head() {
    return table.head();
  }

  /** A row, and below it the verdicts. */
  public ImmutableList<String> row(JpfDecision decision) {
    Job job = decision.job();
    Sizes sizes = job.sizes();
    ImmutableList.Builder<String> cells = ImmutableList.builder();
    cells.add(
        switch (decision.outcome()) {
          case AS_EXPECTED -> "";
          case UNDECIDED -> "?";
          case NOT_AS_EXPECTED -> "!";
        });
    cells.add(job.name(), job.assumptions().label());
    for (int size :
        new int[] {
          sizes.cpus(),
          sizes.threads(),
          sizes.pages(),
          sizes.frames(),
          sizes.reserve(),
          sizes.speculation()
        }) {
      cells.add(Integer.toString(size));
    }
    cells.add("%,d".formatted(decision.states()));
    cells.add("%,d".formatted(decision.transitions()));
    cells.add("%.1fs".formatted(decision.seconds()));
    cells.add("%,d".formatted(decision.megabytes()));
    cells.add("%,d".formatted(decision.explorer().states()));
    cells.add("%.2fs".formatted(decision.explorer().seconds()));
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(table.row(cells.build()));
    for (Verdict verdict : Verdict.values()) {
      add(
          verdict.label() + ":",
          decision.verdicts().stream()
              .filter(v -> v.finding().verdict() == verdict)
              .map(JpfReport::show)
              .collect(joining(", ")),
          lines);
    }
    add(
        "not asked:",
        decision.notAsked().stream().map(Property::name).collect(joining(", ")),
        lines);
    decision.remarks().forEach(remark -> add("note:", remark, lines));
    return lines.build();
  }

  private static void add(String label, String text, ImmutableList.Builder<String> lines) {
    if (!text.isEmpty()) {
      lines.addAll(new Paragraph(" ".repeat(INDENT) + label, LABEL, text).lines());
    }
  }

  private static String show(JpfVerdict verdict) {
    Finding finding = verdict.finding();
    String run =
        verdict.steps().isEmpty()
            ? ""
            : " in %d operations (%s)"
                .formatted(
                    verdict.steps().size(),
                    verdict.diverged().isEmpty() ? "the explorer takes the same run" : "DIVERGES");
    String race =
        verdict.race().isEmpty()
            ? ""
            : ", %s against %s".formatted(verdict.race().get(0), verdict.race().get(1));
    return finding.property()
        + run
        + race
        + (verdict.surprising() ? ", expected: " + finding.expected() : "");
  }

  /** The runs that JPF found and the explorer takes. */
  public ImmutableList<String> traces(JpfDecision decision) {
    RunTraces traces = traces(decision.job(), decision);
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (Finding finding : traces.worthwhile()) {
      lines.add("", "-".repeat(RULE_WIDTH));
      lines.addAll(traces.text(finding).lines().toList());
    }
    return lines.build();
  }

  /** Writes them. */
  public ImmutableMap<Property, Path> write(
      JpfDecision decision, TraceFolder folder, Consumer<IOException> lost) {
    return traces(decision.job(), decision).write(folder, lost);
  }

  private static RunTraces traces(Job job, JpfDecision decision) {
    return new RunTraces(
        job,
        Reductions.DEAD_VALUES,
        "a run that Java PathFinder found, which",
        decision.verdicts().stream()
            .map(JpfVerdict::finding)
            .collect(ImmutableList.toImmutableList()));
  }

  /** The lines after the last row. */
  public ImmutableList<String> summary(List<JpfDecision> decisions, int planned) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add("");
    lines.add(
        "C CPUs, T threads, P pages a stack, F frames, R frames in reserve, S speculative walks in a"
            + " run.");
    lines.add("A verdict is for these sizes and no others. !: not as expected. ?: not decided.");
    lines.add(
        "JPF explores Java threads, a step each time that they are switched; it is not asked about"
            + " progress");
    lines.add("(it looks at states and runs) nor about refinement; MB is the memory of JPF.");
    lines.add("");
    if (decisions.size() < planned) {
      lines.add(
          "Interrupted: %d of %d were not begun.".formatted(planned - decisions.size(), planned));
    }
    long agreed = decisions.stream().filter(JpfDecision::agrees).count();
    lines.add(
        agreed == decisions.size()
            ? "Nothing that JPF decided differs from the explorer's verdict."
            : "%d of %d DIFFER from the explorer's verdict."
                .formatted(decisions.size() - agreed, decisions.size()));
    for (Outcome outcome : Outcome.values()) {
      long count = decisions.stream().filter(d -> d.outcome() == outcome).count();
      if (count > 0) {
        lines.add(
            "%s: %d of %d."
                .formatted(
                    switch (outcome) {
                      case AS_EXPECTED -> "As expected";
                      case UNDECIDED -> "Undecided";
                      case NOT_AS_EXPECTED -> "NOT AS EXPECTED";
                    },
                    count,
                    decisions.size()));
      }
    }
    return lines.build();
  }
}
