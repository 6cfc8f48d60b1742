package dev.kstack.checks.mutate;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.mutate.Mutation.Expected;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.Screen;
import dev.kstack.checks.trace.Paragraph;
import java.util.List;

/**
 * The report for people: a row as soon as the fate of a mutant is known, and a summary.
 *
 * @param mutations those that are tried
 */
record MutationReport(List<Mutation> mutations) {
  private static final int REMARK_INDENT = 4;

  /** Of the columns between the name and what is different. */
  private static final int COLUMNS = 56;

  ImmutableList<String> head() {
    if (isNarrow(Screen.ofThisProgram().ofTables())) {
      return ImmutableList.of();
    }
    return ImmutableList.of(
        row("", "mutation", "killed by", "steps", "states", "hardware", "what is different"));
  }

  /** Of a design without a mistake: it must pass, or its mutants say nothing. */
  ImmutableList<String> original(String design, Fate fate) {
    String mark = fate instanceof Fate.Survived ? "" : "!";
    return withRemarks(row(mark, design, fate, "nothing"), fate.remark());
  }

  ImmutableList<String> row(Trial trial) {
    String mark =
        switch (trial.outcome()) {
          case AS_EXPECTED -> "";
          case UNDECIDED -> "?";
          case NOT_AS_EXPECTED -> "!";
        };
    Mutation mutation = trial.mutation();
    Fate fate = trial.fate();
    return withRemarks(
        row(mark, mutation.name(), fate, mutation.what()), fate.remark(), reason(mutation, fate));
  }

  private static String reason(Mutation mutation, Fate fate) {
    boolean survived = fate instanceof Fate.Survived;
    if (mutation.expected() instanceof Expected.Equivalent equivalent) {
      return (survived ? "equivalent: " : "declared equivalent: ") + equivalent.reason();
    }
    return survived ? "nothing tells it from the design" : "";
  }

  /** Each mutation in a line or two, without a search. */
  ImmutableList<String> list() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (Mutation mutation : mutations) {
      lines.add("%-40s %s".formatted(mutation.name(), mutation.what()));
      if (!(mutation.expected() instanceof Expected.Killed)) {
        String reason = reason(mutation, new Fate.Survived(0));
        lines.addAll(new Paragraph("", REMARK_INDENT, reason).lines(width()));
      }
    }
    return lines.build();
  }

  /** After the last row. */
  static ImmutableList<String> summary(List<Trial> trials, int planned, Outcome originals) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add("");
    long killed = trials.stream().filter(t -> t.fate() instanceof Fate.Killed).count();
    long refused = trials.stream().filter(t -> t.fate() instanceof Fate.Refused).count();
    long equivalent =
        trials.stream()
            .filter(t -> t.fate() instanceof Fate.Survived)
            .filter(t -> t.outcome() == Outcome.AS_EXPECTED)
            .count();
    int screen = Screen.ofThisProgram().ofTables();
    lines.addAll(
        new Paragraph(
                "",
                0,
                "%d mutants: %d killed by properties, %d refused by the rules of the machine (model error), %d equivalent."
                    .formatted(trials.size(), killed, refused, equivalent))
            .lines(screen));
    if (trials.size() < planned) {
      lines.add("Interrupted: %d were not tried.".formatted(planned - trials.size()));
    }
    if (originals != Outcome.AS_EXPECTED) {
      lines.add("A design WITHOUT a mistake does not pass: its mutants say nothing.");
    }
    addNames("NOT AS EXPECTED:", trials, Outcome.NOT_AS_EXPECTED, lines);
    addNames("Undecided:", trials, Outcome.UNDECIDED, lines);
    return lines.build();
  }

  private static void addNames(
      String label, List<Trial> trials, Outcome outcome, ImmutableList.Builder<String> lines) {
    List<String> names =
        trials.stream().filter(t -> t.outcome() == outcome).map(t -> t.mutation().name()).toList();
    if (!names.isEmpty()) {
      lines.addAll(
          new Paragraph(label, label.length() + 1, String.join(", ", names) + ".").lines(width()));
    }
  }

  private static int width() {
    return Screen.ofThisProgram().ofParagraphs();
  }

  private static ImmutableList<String> withRemarks(List<String> row, String... remarks) {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.addAll(row);
    for (String remark : remarks) {
      if (!remark.isEmpty()) {
        lines.addAll(new Paragraph("", REMARK_INDENT, remark).lines(width()));
      }
    }
    return lines.build();
  }

  /** On a screen that is too narrow, the columns stand below the name, as a sentence. */
  private List<String> row(String mark, String name, Fate fate, String what) {
    int screen = Screen.ofThisProgram().ofTables();
    if (isNarrow(screen)) {
      String found = fate.found().isEmpty() ? "" : ", " + fate.found() + " states";
      String steps = fate.steps().isEmpty() ? "" : " in " + fate.steps();
      return ImmutableList.<String>builder()
          .add((mark.isEmpty() ? " " : mark) + " " + name)
          .addAll(
              new Paragraph(
                      "",
                      REMARK_INDENT,
                      "%s%s%s %s: %s".formatted(fate.by(), steps, found, fate.hardware(), what))
                  .lines(screen))
          .build();
    }
    return List.of(row(mark, name, fate.by(), fate.steps(), fate.found(), fate.hardware(), what));
  }

  private boolean isNarrow(int screen) {
    int name = mutations.stream().mapToInt(m -> m.name().length()).max().orElse(0);
    int what = mutations.stream().mapToInt(m -> m.what().length()).max().orElse(0);
    return name + what + COLUMNS > screen;
  }

  private String row(
      String mark,
      String name,
      String by,
      String steps,
      String states,
      String hardware,
      String what) {
    int width = mutations.stream().mapToInt(m -> m.name().length()).max().orElse(0);
    return "%1s %s %-20s %11s %8s %-9s %s"
        .formatted(
            mark,
            name + " ".repeat(Math.max(0, width - name.length())),
            by,
            steps,
            states,
            hardware,
            what)
        .stripTrailing();
  }
}
