package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as text, for people who know the kernel: a line a step, and below it what else the same
 * context does before another can notice.
 */
public final class TextTrace {
  private static final int MAX_OPERATION_WIDTH = 52;
  private static final int ENDING_INDENT = 13;

  private final ImmutableList<String> heading;

  /** With lines that say what was searched. */
  public TextTrace(List<String> heading) {
    this.heading = ImmutableList.copyOf(heading);
  }

  /** The run, and what it means for the property. */
  public String of(Property property, Run run) {
    List<String> lines = new ArrayList<>(heading);
    lines.add("");
    steps(run, lines);
    lines.add("");
    ending(property, run, lines);
    return String.join("\n", lines) + "\n";
  }

  /** A line of the table of steps. */
  private record Row(
      String step, String who, String task, String where, String what, String change) {
    static final Row HEAD =
        new Row("step", "who", "task", "function:line", "operation -> result", "what changed");
    static final Row GAP = new Row("", "", "", "", "", "");

    /** A line between steps. */
    static Row note(String text) {
      return new Row("", "", "", "", text, "");
    }

    boolean isNote() {
      return where.isEmpty() && !what.isEmpty();
    }
  }

  private static void steps(Run run, List<String> lines) {
    List<Row> rows = new ArrayList<>();
    rows.add(Row.HEAD);
    String before = null;
    for (Step step : run.steps()) {
      if (step.number() == Conclusion.loopFrom(run) + 1) {
        rows.add(Row.GAP);
        rows.add(Row.note("-- loop --"));
        before = null;
      }
      if (!step.process().equals(before)) {
        rows.add(Row.GAP); // another context: the places where it matters who was faster
      }
      before = step.process();
      addRows(step, rows);
    }
    addEndOfLoop(run, rows);
    int who = rows.stream().mapToInt(r -> r.who().length()).max().orElse(0);
    int task = rows.stream().mapToInt(r -> r.task().length()).max().orElse(0);
    int where = rows.stream().mapToInt(r -> r.where().length()).max().orElse(0);
    int what =
        rows.stream()
            .filter(r -> !r.change().isEmpty())
            .mapToInt(r -> Math.min(MAX_OPERATION_WIDTH, r.what().length()))
            .max()
            .orElse(0);
    String format = "%%4s  %%-%ds  %%-%ds  %%-%ds  %%-%ds  %%s".formatted(who, task, where, what);
    for (Row row : rows) {
      lines.add(
          row.isNote()
              ? row.what()
              : format
                  .formatted(
                      row.step(), row.who(), row.task(), row.where(), row.what(), row.change())
                  .stripTrailing());
    }
  }

  private static void addEndOfLoop(Run run, List<Row> rows) {
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

  private static void addRows(Step step, List<Row> rows) {
    boolean first = true;
    for (Event event : shown(step)) {
      rows.add(
          new Row(
              first ? Integer.toString(step.number()) : "",
              first ? step.process() : "",
              first ? step.actingFor() : "",
              "%s:%d".formatted(event.function(), event.line()),
              operation(event),
              String.join(", ", event.changes())));
      first = false;
    }
  }

  /** Without choices, which show in what follows, and without what nobody else can notice. */
  private static List<Event> shown(Step step) {
    List<Event> operations = step.events().stream().filter(e -> !e.choice()).toList();
    List<Event> shown = operations.stream().filter(e -> !e.silent()).toList();
    if (!shown.isEmpty()) {
      return shown;
    }
    List<Event> any = operations.isEmpty() ? step.events() : operations;
    return any.subList(0, Math.min(1, any.size()));
  }

  static String operation(Event event) {
    return event.result().isEmpty()
        ? event.operation()
        : event.operation() + " -> " + event.result();
  }

  private static void ending(Property property, Run run, List<String> lines) {
    Conclusion conclusion = Conclusion.of(property, run);
    lines.add(conclusion.headline());
    conclusion.parts().forEach(part -> add(part.label(), part.texts(), lines));
  }

  private static void add(String label, List<String> texts, List<String> lines) {
    String before = "  " + label;
    for (String text : texts) {
      lines.addAll(new Paragraph(before, ENDING_INDENT, text).lines());
      before = "";
    }
  }
}
