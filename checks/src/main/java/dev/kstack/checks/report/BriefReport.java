package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.trace.Paragraph;
import dev.kstack.model.design.Design;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The report for people: a line when a search ends, and below it what is violated, reached, vacuous
 * or undecided, in words. What holds is a count.
 */
public final class BriefReport {
  private static final int INDENT = 4;

  private final TextTable table = new TextTable();
  private final int width;
  private final boolean assumptionsBelow;
  private @Nullable Design designAbove;

  /**
   * For these searches.
   *
   * @param width in columns, at least 60
   */
  public BriefReport(List<Job> jobs, int width) {
    this.width = width;
    int name = widest(jobs, Job::name);
    int label = widest(jobs, job -> job.assumptions().label());
    assumptionsBelow = name + label > width - 40;
    table.column(2, false, "").column(name, false, "design");
    if (!assumptionsBelow) {
      table.column(label, false, "hardware");
    }
    for (String size : new String[] {"C", "T", "P", "F", "R", "S"}) {
      table.column(size.equals("F") ? 2 : 1, true, size);
    }
    table.column(10, true, "states").column(6, true, "time");
  }

  private static int widest(List<Job> jobs, Function<Job, String> cell) {
    return jobs.stream().map(cell).mapToInt(String::length).max().orElse(0);
  }

  /** The lines before the first search. */
  public ImmutableList<String> head() {
    return table.head();
  }

  /** What the next search found. */
  public ImmutableList<String> row(RunReport run) {
    Job job = run.job();
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    if (designAbove != null && !designAbove.equals(job.subject().design())) {
      lines.add("");
    }
    designAbove = job.subject().design();
    List<String> cells = new ArrayList<>();
    cells.add(
        switch (run.outcome()) {
          case AS_EXPECTED -> "ok";
          case UNDECIDED -> "?";
          case NOT_AS_EXPECTED -> "NO";
        });
    cells.add(job.name());
    if (!assumptionsBelow) {
      cells.add(job.assumptions().label());
    }
    Sizes s = job.sizes();
    for (int size :
        new int[] {s.cpus(), s.threads(), s.pages(), s.frames(), s.reserve(), s.speculation()}) {
      cells.add(Integer.toString(size));
    }
    cells.add("%,d".formatted(run.result().states()));
    cells.add("%.1fs".formatted(run.result().seconds()));
    lines.add(table.row(cells));
    if (assumptionsBelow) {
      add(lines, "under " + job.assumptions().label());
    }
    findings(run).forEach(line -> add(lines, line));
    run.remarks().forEach(remark -> add(lines, remark));
    return lines.build();
  }

  private void add(ImmutableList.Builder<String> lines, String text) {
    lines.addAll(new Paragraph("", INDENT, text).lines(width));
  }

  private static List<String> findings(RunReport run) {
    List<String> lines = new ArrayList<>();
    ImmutableSet<Property> ofDesign = ofDesign(run.job());
    Predicate<Finding> violated = f -> f.verdict() == Verdict.VIOLATED;
    add(lines, "VIOLATED, and not expected: ", run, violated.and(f -> !f.asExpected()));
    add(
        lines,
        "violated, as expected: ",
        run,
        violated.and(Finding::asExpected).and(f -> !ofDesign.contains(f.property())));
    add(
        lines,
        "violated, as by the design without the defect: ",
        run,
        violated.and(Finding::asExpected).and(f -> ofDesign.contains(f.property())));
    add(lines, "vacuous: ", run, f -> f.verdict() == Verdict.VACUOUS);
    add(lines, "undecided: ", run, f -> f.verdict() == Verdict.UNDECIDED);
    add(lines, "reached: ", run, f -> f.verdict() == Verdict.REACHED);
    add(lines, "never reached: ", run, f -> f.verdict() == Verdict.UNREACHABLE);
    long hold = run.findings().stream().filter(f -> f.verdict() == Verdict.HOLDS).count();
    lines.add(hold == 1 ? "1 property holds in every run" : hold + " properties hold in every run");
    return lines;
  }

  private static void add(
      List<String> lines, String label, RunReport run, Predicate<Finding> which) {
    String found =
        run.findings().stream()
            .filter(which)
            .map(BriefReport::inWords)
            .collect(Collectors.joining(", "));
    if (!found.isEmpty()) {
      lines.add(label + found);
    }
  }

  private static String inWords(Finding finding) {
    return finding.run() == null
        ? finding.property().name()
        : "%s in %s"
            .formatted(
                finding.property(), RunTraces.length(finding.run()).replace(", and", " and"));
  }

  /** What the design violates without its defect; empty for a design. */
  public static ImmutableSet<Property> ofDesign(Job job) {
    return job.subject().defect() == null
        ? ImmutableSet.of()
        : job.subject().design().expectation().violated(job.assumptions());
  }
}
