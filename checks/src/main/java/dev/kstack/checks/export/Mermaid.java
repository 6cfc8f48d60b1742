package dev.kstack.checks.export;

import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.checks.report.TakenTrace;
import dev.kstack.checks.trace.Origins;
import java.util.List;

/**
 * A sequence diagram for Mermaid (https://mermaid.js.org/syntax/sequenceDiagram.html), which GitHub
 * shows inside Markdown: a participant for each context, a note for each step, arrows for wakeups
 * and interrupts, and dashed ones from the step that let another context go on.
 */
public final class Mermaid {
  private static final String BREAK = "<br/>";

  private Mermaid() {}

  /** The diagram. */
  public static String of(TakenTrace taken) {
    Run run = taken.run();
    StringBuilder lines = new StringBuilder("sequenceDiagram\n");
    run.steps().stream()
        .map(Step::process)
        .distinct()
        .sorted()
        .forEach(context -> line(lines, "participant " + context));
    List<Signal> signals = Signal.of(run);
    Origins origins = Origins.of(run);
    int loop = taken.trace().stored().run().ending() instanceof Ending.Loop l ? l.from() + 1 : -1;
    for (Step step : run.steps()) {
      if (step.number() == loop) {
        line(lines, "loop for ever");
      }
      List<Signal> answered =
          signals.stream()
              .filter(s -> s.to() == step.number())
              .filter(s -> !of(run, s.from()).equals(step.process()))
              .toList();
      for (Signal s : answered) {
        arrow(lines, run, s.from(), "-)", step, s.kind().label() + " " + s.what());
      }
      int letBy = origins.ofStep(step.number());
      if (letBy > 0 && answered.isEmpty()) {
        arrow(lines, run, letBy, "-->>", step, "since " + letBy);
      }
      line(lines, "Note over %s: %d. %s".formatted(step.process(), step.number(), text(step)));
    }
    if (loop > 0 && loop <= run.steps().size()) {
      line(lines, "end");
    }
    if (!run.steps().isEmpty()) {
      Step last = run.steps().get(run.steps().size() - 1);
      line(lines, "Note over %s: %s".formatted(last.process(), taken.trace().property()));
    }
    return lines.toString();
  }

  private static void arrow(
      StringBuilder lines, Run run, int from, String arrow, Step to, String text) {
    line(lines, "%s%s%s: %s".formatted(of(run, from), arrow, to.process(), escaped(text)));
  }

  private static void line(StringBuilder lines, String text) {
    lines.append("    ").append(text).append('\n');
  }

  private static String of(Run run, int number) {
    return run.steps().get(number - 1).process();
  }

  private static String text(Step step) {
    return String.join(
        BREAK, step.noticeable().stream().map(Event::text).map(Mermaid::escaped).toList());
  }

  /** Signs that mean something to Mermaid stand as entities, by number. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if ("#;<>{}:\"".indexOf(c) >= 0) {
                escaped.append('#').append(c).append(';');
              } else {
                escaped.appendCodePoint(c);
              }
            });
    return escaped.toString();
  }
}
