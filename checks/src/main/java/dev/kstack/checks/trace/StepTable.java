package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.checks.explore.SearchResult.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The steps of a run as a table, a blank line wherever another context goes on: those are the
 * places where it matters who was faster.
 */
final class StepTable {
  private static final int MAX_OPERATION_WIDTH = 52;
  private static final int NARROW_INDENT = 18;

  private final Run run;
  private final Detail detail;
  private final Ink ink;
  private final int width;
  private final Origins origins;
  private final List<Row> rows = new ArrayList<>();

  /**
   * A table.
   *
   * @param width what does not fit goes on in the next line
   */
  StepTable(Run run, Detail detail, Ink ink, int width) {
    this.width = width;
    this.run = run;
    this.detail = detail;
    this.ink = ink;
    origins = Origins.of(run);
  }

  /**
   * A line of the table.
   *
   * @param process whose line it is; empty above the table and between steps
   */
  private record Row(
      String process,
      String step,
      String who,
      String task,
      String from,
      String where,
      String what,
      String change) {
    static final Row GAP = new Row("", "", "", "", "", "", "", "");

    /** A line that has no columns. */
    static Row note(String text) {
      return new Row("", "", "", "", "", "", text, "");
    }

    boolean isNote() {
      return where.isEmpty() && !what.isEmpty();
    }
  }

  ImmutableList<String> lines() {
    rows.add(head());
    String before = null;
    for (Step step : run.steps()) {
      if (step.number() == Conclusion.loopFrom(run) + 1) {
        rows.add(Row.GAP);
        rows.add(Row.note("-- loop --"));
        before = null;
      }
      if (!step.process().equals(before)) {
        rows.add(Row.GAP);
      }
      before = step.process();
      switch (detail) {
        case USUAL, CAUSES -> addOperations(step, step.noticeable());
        case FULL -> {
          addOperations(step, step.events());
          new LastState(step.words(), true)
              .lines()
              .forEach(l -> rows.add(Row.note(" ".repeat(6) + l)));
        }
        case CHANGES -> addChanges(step);
      }
    }
    addEndOfLoop();
    return print();
  }

  private Row head() {
    return new Row(
        "",
        "step",
        "who",
        "task",
        hasFrom() ? "let by" : "",
        detail == Detail.CHANGES ? "" : "function:line",
        detail == Detail.CHANGES ? "" : "operation -> result",
        "what changed");
  }

  private boolean hasFrom() {
    return detail != Detail.USUAL;
  }

  private void addEndOfLoop() {
    if (run.held() != null && run.held().ending() instanceof Ending.Loop loop) {
      boolean round = loop.from() < run.steps().size();
      rows.add(Row.GAP);
      rows.add(
          Row.note(
              !round
                  ? "-- here it stops: nobody can take a step --"
                  : loop.renamed()
                      ? "-- and so on for ever, with other names of frames and threads each time --"
                      : "-- and so on for ever --"));
    }
  }

  private void addOperations(Step step, List<Event> events) {
    boolean first = true;
    for (Event event : events) {
      add(
          step,
          first,
          "%s:%d".formatted(event.function(), event.line()),
          event.text(),
          String.join(", ", event.changes()));
      first = false;
    }
  }

  /** What it leaves as it was still has a number: somebody else may not do it. */
  private void addChanges(Step step) {
    List<Changes.Change> changes = Changes.of(run, step.number());
    if (changes.isEmpty()) {
      add(step, true, "", "", "nothing");
    }
    boolean first = true;
    for (Changes.Change change : changes) {
      add(step, first, "", "", shown(change));
      first = false;
    }
  }

  private static String shown(Changes.Change change) {
    return "%s: %s -> %s".formatted(change.word(), orFree(change.before()), orFree(change.after()));
  }

  /** Only the holder of a lock shows as nothing. */
  private static String orFree(String value) {
    return value.isEmpty() ? "free" : value;
  }

  private void add(Step step, boolean first, String where, String what, String change) {
    rows.add(
        new Row(
            step.process(),
            first ? Integer.toString(step.number()) : "",
            first ? step.process() : "",
            first ? step.actingFor() : "",
            first && hasFrom() ? from(step) : "",
            where,
            what,
            change));
  }

  private String from(Step step) {
    int from = origins.ofStep(step.number());
    return from == 0 ? "" : "%d %s".formatted(from, run.steps().get(from - 1).process());
  }

  private ImmutableList<String> print() {
    int who = width(r -> r.who().length());
    int task = width(r -> r.task().length());
    int from = width(r -> r.from().length());
    int where = width(r -> r.where().length());
    int what =
        width(
            r ->
                r.change().isEmpty() || r.isNote()
                    ? 0
                    : Math.min(MAX_OPERATION_WIDTH, r.what().length()));
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (Row row : rows) {
      if (row.isNote()) {
        lines.add(ink.faint(row.what()));
        continue;
      }
      StringBuilder left = new StringBuilder();
      cell(left, "%4s".formatted(row.step()), 4);
      cell(left, row.who(), who);
      cell(left, row.task(), task);
      cell(left, row.from(), from);
      cell(left, row.where(), where);
      int change = row.change().isEmpty() ? 0 : Math.max(0, what - row.what().length()) + 2;
      if (left.length() + row.what().length() + change + row.change().length() > width) {
        addNarrow(row, left, lines);
        continue;
      }
      cell(left, row.what(), what);
      lines.add(
          (row.change().isEmpty()
                  ? ink.context(row.process(), left.toString().stripTrailing())
                  : ink.context(row.process(), left.toString()) + ink.change(row.change()))
              .stripTrailing());
    }
    return lines.build();
  }

  /** Where the screen ends, the operation or the change goes into a line of its own. */
  private void addNarrow(Row row, StringBuilder left, ImmutableList.Builder<String> lines) {
    if (left.length() + row.what().length() <= width) {
      lines.add(ink.context(row.process(), (left + row.what()).stripTrailing()));
    } else {
      lines.add(ink.context(row.process(), left.toString().stripTrailing()));
      new Paragraph("", NARROW_INDENT, row.what())
          .lines(width)
          .forEach(line -> lines.add(ink.context(row.process(), line)));
    }
    if (!row.change().isEmpty()) {
      new Paragraph("", NARROW_INDENT + 2, row.change())
          .lines(width)
          .forEach(line -> lines.add(ink.change(line)));
    }
  }

  /** A column that nothing stands in is left out. */
  private static void cell(StringBuilder line, String text, int width) {
    if (width > 0) {
      line.append(text).append(" ".repeat(Math.max(0, width - text.length()) + 2));
    }
  }

  private int width(ToIntFunction<Row> of) {
    return rows.stream().mapToInt(of).max().orElse(0);
  }
}
