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

/**
 * The matrix: a row for each search, a column for each property. What is wider than the screen
 * comes in blocks, so it is printed when all is known.
 */
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
          .put(StackProperties.LOCKING_RULES, new String[] {"lock-", "ing-", "rules"})
          .put(StackProperties.NO_LOST_WAKEUP, new String[] {"no-", "lost-", "wake-", "up"})
          .put(StackProperties.NEVER_DOOMED, new String[] {"never-", "doom-", "ed"})
          .put(StackProperties.SCHEDULABLE, new String[] {"sched-", "ul-", "able"})
          .put(StackProperties.RUNS_EVENTUALLY, new String[] {"runs-", "event-", "ually"})
          .put(StackProperties.RECLAIMS, new String[] {"re-", "claims"})
          .put(StackProperties.PARKS, new String[] {"parks"})
          .buildOrThrow();

  /** What stands in every block: the mark, the design and what is assumed. */
  private static final int KEY_COLUMNS = 3;

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

  /** All of it, no line wider than that. */
  public ImmutableList<String> lines(List<RunReport> runs, int width) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    if (table.width() <= width) {
      lines.addAll(table.head());
      runs.forEach(run -> lines.addAll(row(run)));
    } else {
      List<List<String>> rows = runs.stream().map(TextReport::cells).toList();
      lines.addAll(table.blocks(rows, KEY_COLUMNS, width));
    }
    return lines.build();
  }

  private ImmutableList<String> row(RunReport run) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    Job job = run.job();
    if (designAbove != null && !designAbove.equals(job.subject().design())) {
      lines.add("");
    }
    designAbove = job.subject().design();
    lines.add(table.row(cells(run)));
    run.remarks().forEach(r -> lines.addAll(new Paragraph("", REMARK_INDENT, r).lines()));
    return lines.build();
  }

  private static List<String> cells(RunReport run) {
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
    return cells;
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
}
