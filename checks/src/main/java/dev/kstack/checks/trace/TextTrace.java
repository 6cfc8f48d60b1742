package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
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
      if (step.number() == loopFrom(run) + 1) {
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

  /** After how many steps the loop begins; -1 if there is none. */
  private static int loopFrom(Run run) {
    return run.held() != null && run.held().ending() instanceof Ending.Loop loop ? loop.from() : -1;
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
    String ends = run.steps().isEmpty() ? "at the start" : "in step " + run.steps().size();
    switch (property.kind()) {
      case SAFETY -> {
        lines.add("%s is VIOLATED %s.".formatted(property, ends));
        add("demanded", List.of(property.meaning()), lines);
        boolean refinement = property.equals(StackProperties.REFINES_SPEC);
        add("but", refinement ? run.remarks() : new Causes(run).lines(), lines);
      }
      case PROGRESS -> {
        boolean loops = loopFrom(run) >= 0;
        String from = "from step %d on, for ever".formatted(loopFrom(run) + 1);
        lines.add("%s is VIOLATED %s.".formatted(property, loops ? from : ends));
        add("demanded", List.of(property.meaning()), lines);
        held(run, lines);
      }
      case SANITY -> {
        lines.add("%s is reached %s.".formatted(property, ends));
        add("means", List.of(property.meaning()), lines);
      }
    }
    add("at last", new LastState(run).lines(), lines);
    add("behind it", List.of(property.sentence()), lines);
  }

  private static void held(Run run, List<String> lines) {
    Run.Held held = run.held();
    if (held != null) {
      add("but", List.of(whatHolds(held)), lines);
      ImmutableList.Builder<String> why = ImmutableList.builder();
      add("because", why.addAll(held.why()).addAll(Causes.waiting(run)).build(), lines);
    }
  }

  private static String whatHolds(Run.Held held) {
    if (held.ending() instanceof Ending.Trap trap) {
      return "%s never runs again, whatever anybody does: it runs in none of the %,d states that can be"
              .formatted(held.task(), trap.states())
          + " reached from here";
    }
    return "%s wants to run and need never: everybody goes on, or cannot, and nobody could"
            .formatted(held.task())
        + " run it in its present or next activation, in any state of the loop";
  }

  private static void add(String label, List<String> texts, List<String> lines) {
    String before = "  " + label;
    for (String text : texts) {
      lines.addAll(new Paragraph(before, ENDING_INDENT, text).lines());
      before = "";
    }
  }
}
