package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.checks.trace.Paragraph;
import dev.kstack.model.design.Design;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report for people: a table that grows by a row when a search ends, and a summary. */
public final class TextReport {
  /** The names of the properties, split so that the columns stay narrow. */
  private static final Map<Property, String[]> HEADS =
      ImmutableMap.<Property, String[]>builder()
          .put(StackProperties.ACCESSED_PAGE_KEPT, new String[] {"acces-", "sed-", "page-", "kept"})
          .put(StackProperties.LIVE_PAGE_KEPT, new String[] {"live-", "page-", "kept"})
          .put(StackProperties.NO_STACK_FAULT, new String[] {"no-", "stack-", "fault"})
          .put(
              StackProperties.NO_STALE_TRANSLATION,
              new String[] {"no-", "stale-", "trans-", "lation"})
          .put(StackProperties.FRAME_OWNERSHIP, new String[] {"frame-", "owner-", "ship"})
          .put(StackProperties.RUNS_FULLY_MAPPED, new String[] {"runs-", "fully-", "mapped"})
          .put(StackProperties.ON_ONE_CPU, new String[] {"on-", "one-", "cpu"})
          .put(StackProperties.DEADLOCK_FREE, new String[] {"dead-", "lock-", "free"})
          .put(StackProperties.REFINES_SPEC, new String[] {"re-", "fines-", "spec"})
          .put(StackProperties.ATOMIC_CONTEXT, new String[] {"atom-", "ic-", "cont-", "ext"})
          .put(StackProperties.LOCK_ORDER, new String[] {"lock-", "order"})
          .put(StackProperties.DATA_RACE_FREE, new String[] {"data-", "race-", "free"})
          .put(StackProperties.NO_LOST_WAKEUP, new String[] {"no-", "lost-", "wake-", "up"})
          .put(StackProperties.NEVER_DOOMED, new String[] {"never-", "doom-", "ed"})
          .put(StackProperties.SCHEDULABLE, new String[] {"sched-", "ul-", "able"})
          .put(StackProperties.RUNS_EVENTUALLY, new String[] {"runs-", "event-", "ually"})
          .put(StackProperties.RECLAIMS, new String[] {"re-", "claims"})
          .put(StackProperties.PARKS, new String[] {"parks"})
          .buildOrThrow();

  private static final int REMARK_INDENT = 4;
  private static final int VERDICT_WIDTH = 5;
  private static final int STATES_WIDTH = 11;
  private static final int SHORT_COUNT_WIDTH = 6;

  private final TextTable table;
  private @Nullable Design designAbove;

  /** For these searches. */
  public TextReport(List<Job> jobs) {
    table =
        new TextTable()
            .column(1, false, "")
            .column(width(jobs, Job::name), false, "design")
            .column(width(jobs, j -> j.assumptions().label()), false, "hardware")
            .column(1, true, "C")
            .column(1, true, "T")
            .column(1, true, "P")
            .column(2, true, "F")
            .column(1, true, "R")
            .column(1, true, "S");
    for (Property property : StackProperties.ALL) {
      table.column(VERDICT_WIDTH, false, head(property));
    }
    table
        .column(STATES_WIDTH, true, "states")
        .column(SHORT_COUNT_WIDTH, true, "trans-", "itions")
        .column(3, true, "depth")
        .column(SHORT_COUNT_WIDTH, true, "time");
  }

  private static int width(List<Job> jobs, java.util.function.Function<Job, String> cell) {
    return jobs.stream().map(cell).mapToInt(String::length).max().orElse(0);
  }

  /** The lines before the first row. */
  public ImmutableList<String> head() {
    return table.head();
  }

  /** The row of the next run, and the remarks on it. */
  public ImmutableList<String> row(RunReport run) {
    Job job = run.job();
    Sizes sizes = job.sizes();
    SearchResult result = run.result();
    List<String> cells = new ArrayList<>();
    cells.add(
        switch (run.outcome()) {
          case AS_EXPECTED -> "";
          case UNDECIDED -> "?";
          case NOT_AS_EXPECTED -> "!";
        });
    cells.add(job.name());
    cells.add(job.assumptions().label());
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
    run.findings().forEach(finding -> cells.add(cell(finding)));
    cells.add("%,d".formatted(result.states()));
    cells.add(shortCount(result.transitions()));
    cells.add(Integer.toString(result.depth()));
    cells.add("%.1fs".formatted(result.seconds()));
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    if (designAbove != null && !designAbove.equals(job.subject().design())) {
      lines.add("");
    }
    designAbove = job.subject().design();
    lines.add(table.row(cells));
    run.remarks().forEach(r -> lines.addAll(new Paragraph("", REMARK_INDENT, r).lines()));
    return lines.build();
  }

  /** The name of a property as the head of a narrow column, line by line. */
  public static String[] head(Property property) {
    return HEADS.getOrDefault(property, new String[] {property.name()}).clone();
  }

  /** A verdict in a few letters: {@code X 9}. */
  public static String cell(Finding finding) {
    int steps = finding.run() == null ? 0 : finding.run().steps().size();
    String verdict =
        switch (finding.verdict()) {
          case HOLDS -> "ok";
          case VIOLATED -> "X " + violated(finding, steps);
          case VACUOUS -> "void";
          case UNDECIDED -> "?";
          case REACHED -> "in " + steps;
          case UNREACHABLE -> "never";
          case NOT_CLAIMED -> "-";
        };
    return finding.decided() && !finding.asExpected() ? verdict + "!" : verdict;
  }

  /** Of a loop: the steps to it, and those in it. */
  private static String violated(Finding finding, int steps) {
    return finding.run() != null && finding.run().ending() instanceof Ending.Loop loop
        ? loop.from() + "+" + (steps - loop.from())
        : Integer.toString(steps);
  }

  /** Four digits at most: {@code 12.9M}. */
  private static String shortCount(long count) {
    double value = count;
    String[] units = {"", "k", "M", "G"};
    int unit = 0;
    while (value >= 9_999.5 && unit + 1 < units.length || unit > 0 && value >= 999.5) {
      value /= 1000;
      unit++;
    }
    return unit == 0
        ? Long.toString(count)
        : String.format(Locale.ROOT, value < 99.95 ? "%.1f%s" : "%.0f%s", value, units[unit]);
  }

  /**
   * The lines after the last row.
   *
   * @param runs those that were begun
   * @param planned how many there should be
   */
  public ImmutableList<String> summary(List<RunReport> runs, int planned) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add("");
    lines.add(
        "C CPUs, T threads, P pages a stack, F frames, R frames in reserve, S speculative walks in a"
            + " run.");
    lines.add("A verdict is for these sizes and no others; S bounds speculation: try more of it.");
    lines.add(
        "ok: holds in every run. X 9: violated, in 9 steps at the least. in 9: reached in 9 steps."
            + " never: not reached.");
    lines.add("X 9+4: violated by a run that goes round for ever, in 4 steps after the first 9.");
    lines.add(
        "?: not decided. void: holds, but nothing was put to the test. -: the design does not claim"
            + " it.");
    lines.add("!: not as expected; all else is.");
    long files = runs.stream().mapToLong(run -> run.traces().size()).sum();
    if (files > 0) {
      lines.add("%d traces were written.".formatted(files));
    }
    double collision =
        runs.stream().mapToDouble(r -> r.result().collisionProbability()).max().orElse(0);
    lines.add(
        collision == 0
            ? "No states were confused: whole states were kept."
            : "Probability that some search took two states for one (64-bit fingerprints): at most"
                + " %.1e.".formatted(collision));
    lines.add("");
    if (runs.size() < planned) {
      lines.add(
          "Interrupted: %d of %d runs were not begun.".formatted(planned - runs.size(), planned));
    }
    lines.addAll(verdict(runs));
    return lines.build();
  }

  private static List<String> verdict(List<RunReport> runs) {
    ImmutableList<String> wrong = names(runs, Outcome.NOT_AS_EXPECTED);
    ImmutableList<String> open = names(runs, Outcome.UNDECIDED);
    if (wrong.isEmpty() && open.isEmpty()) {
      return List.of(
          runs.size() == 1 ? "As expected." : "All %d runs as expected.".formatted(runs.size()));
    }
    List<String> lines = new ArrayList<>();
    addNames("NOT AS EXPECTED:", wrong, lines);
    addNames("Undecided:", open, lines);
    int fine = runs.size() - wrong.size() - open.size();
    lines.add("As expected: %d of %d runs.".formatted(fine, runs.size()));
    return lines;
  }

  private static void addNames(String label, List<String> names, List<String> lines) {
    if (!names.isEmpty()) {
      lines.addAll(
          new Paragraph(label, label.length() + 1, String.join(", ", names) + ".").lines());
    }
  }

  private static ImmutableList<String> names(List<RunReport> runs, Outcome outcome) {
    return runs.stream()
        .filter(run -> run.outcome() == outcome)
        .map(run -> "%s under %s".formatted(run.job().name(), run.job().assumptions()))
        .collect(ImmutableList.toImmutableList());
  }
}
