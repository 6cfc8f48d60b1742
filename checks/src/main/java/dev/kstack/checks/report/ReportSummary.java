package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.trace.Paragraph;
import java.util.List;

/**
 * What stands below all searches.
 *
 * @param width in columns
 * @param matrix do the searches stand above as a matrix, whose cells want a legend?
 */
public record ReportSummary(int width, boolean matrix) {
  private static final ImmutableList<String> LEGEND =
      ImmutableList.of(
          "ok: holds in every run. X 9: violated, in 9 steps at the least. in 9: reached in 9 steps."
              + " never: not reached.",
          "X 9+4: violated by a run that goes round for ever, in 4 steps after the first 9.",
          "?: not decided. void: holds, but nothing was put to the test. -: the design does not claim"
              + " it.",
          "!: not as expected; all else is.");

  /**
   * The lines.
   *
   * @param runs those that were begun
   * @param planned how many there should be
   */
  public ImmutableList<String> lines(List<RunReport> runs, int planned) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add("");
    add(
        lines,
        "C CPUs, T threads, P pages a stack, F frames, R frames in reserve, S speculative walks in a"
            + " run.");
    add(lines, "A verdict is for these sizes and no others; S bounds speculation: try more of it.");
    if (matrix) {
      LEGEND.forEach(sentence -> add(lines, sentence));
    }
    long files = runs.stream().mapToLong(run -> run.traces().size()).sum();
    if (files > 0) {
      add(lines, "%d traces were written.".formatted(files));
    }
    double collision =
        runs.stream().mapToDouble(r -> r.result().collisionProbability()).max().orElse(0);
    add(
        lines,
        collision == 0
            ? "No states were confused: whole states were kept."
            : "Probability that some search took two states for one (64-bit fingerprints): at most"
                + " %.1e.".formatted(collision));
    lines.add("");
    if (runs.size() < planned) {
      add(
          lines,
          "Interrupted: %d of %d runs were not begun.".formatted(planned - runs.size(), planned));
    }
    verdict(runs, lines);
    return lines.build();
  }

  private void verdict(List<RunReport> runs, ImmutableList.Builder<String> lines) {
    ImmutableList<String> wrong = names(runs, Outcome.NOT_AS_EXPECTED);
    ImmutableList<String> open = names(runs, Outcome.UNDECIDED);
    if (wrong.isEmpty() && open.isEmpty()) {
      lines.add(
          runs.size() == 1 ? "As expected." : "All %d runs as expected.".formatted(runs.size()));
      return;
    }
    addNames("NOT AS EXPECTED:", wrong, lines);
    addNames("Undecided:", open, lines);
    int fine = runs.size() - wrong.size() - open.size();
    lines.add("As expected: %d of %d runs.".formatted(fine, runs.size()));
  }

  private void addNames(String label, List<String> names, ImmutableList.Builder<String> lines) {
    if (!names.isEmpty()) {
      lines.addAll(
          new Paragraph(label, label.length() + 1, String.join(", ", names) + ".").lines(width));
    }
  }

  private void add(ImmutableList.Builder<String> lines, String sentence) {
    lines.addAll(new Paragraph("", 0, sentence).lines(width));
  }

  private static ImmutableList<String> names(List<RunReport> runs, Outcome outcome) {
    return runs.stream()
        .filter(run -> run.outcome() == outcome)
        .map(run -> "%s under %s".formatted(run.job().name(), run.job().assumptions()))
        .collect(ImmutableList.toImmutableList());
  }
}
