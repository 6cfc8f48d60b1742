package dev.kstack.checks.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.checks.report.TakenTrace;
import java.util.List;

/**
 * Chrome's trace events, which ui.perfetto.dev and chrome://tracing open: a row for each context, a
 * slice for each step and in it one for each operation, arrows for wakeups and interrupts, and a
 * mark where the property breaks. Form: the "Trace Event Format" of the Chromium project, JSON
 * object format. Time is made up: a step takes {@value #STEP} microseconds.
 */
public final class Perfetto {
  static final int STEP = 1000;

  private static final int PID = 1;
  private static final int MARGIN = 50;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Run run;
  private final List<String> contexts;
  private final ArrayNode events;

  private Perfetto(Run run, ArrayNode events) {
    this.run = run;
    this.events = events;
    contexts = run.steps().stream().map(Step::process).distinct().sorted().toList();
  }

  /** The trace, one object of JSON. */
  public static String of(TakenTrace taken) {
    ObjectNode trace = MAPPER.createObjectNode();
    Perfetto perfetto = new Perfetto(taken.run(), trace.putArray("traceEvents"));
    perfetto.names(taken.trace().job().name());
    perfetto.steps();
    perfetto.signals();
    perfetto.mark(taken.trace().property().name());
    trace.put("displayTimeUnit", "ms");
    trace
        .putObject("otherData")
        .put("design", taken.trace().job().name())
        .put("hardware", taken.trace().job().assumptions().label())
        .put("property", taken.trace().property().name());
    return trace.toPrettyString() + "\n";
  }

  private void names(String design) {
    event("M", "process_name", 0, 0).putObject("args").put("name", design);
    for (int i = 0; i < contexts.size(); i++) {
      event("M", "thread_name", i + 1, 0).putObject("args").put("name", contexts.get(i));
      event("M", "thread_sort_index", i + 1, 0).putObject("args").put("sort_index", i);
    }
  }

  private void steps() {
    for (Step step : run.steps()) {
      int tid = tid(step);
      String task = step.actingFor().isEmpty() ? "" : " for " + step.actingFor();
      event("X", "%d%s".formatted(step.number(), task), tid, begin(step))
          .put("cat", "step")
          .put("dur", STEP - MARGIN);
      List<Event> operations = step.events();
      int each = (STEP - 3 * MARGIN) / Math.max(1, operations.size());
      int at = begin(step) + MARGIN;
      for (Event operation : operations) {
        ObjectNode args =
            event("X", operation.text(), tid, at)
                .put("cat", operation.choice() ? "choice" : "operation")
                .put("dur", Math.max(1, each - 1))
                .putObject("args");
        args.put(
            "at", "%s (%s:%d)".formatted(operation.function(), operation.file(), operation.line()));
        ArrayNode changes = args.putArray("changes");
        operation.changes().forEach(changes::add);
        at += each;
      }
    }
  }

  /** An arrow binds to the slice around its ends, the step. */
  private void signals() {
    int id = 1;
    for (Signal signal : Signal.of(run)) {
      String name = signal.kind().label() + " " + signal.what();
      Step from = run.steps().get(signal.from() - 1);
      Step to = run.steps().get(signal.to() - 1);
      event("s", name, tid(from), begin(from) + STEP - 2 * MARGIN)
          .put("cat", "signal")
          .put("id", id);
      event("f", name, tid(to), begin(to)).put("cat", "signal").put("id", id).put("bp", "e");
      id++;
    }
  }

  private void mark(String property) {
    if (!run.steps().isEmpty()) {
      Step last = run.steps().get(run.steps().size() - 1);
      event("i", property, tid(last), begin(last) + STEP - MARGIN)
          .put("cat", "property")
          .put("s", "g");
    }
  }

  private ObjectNode event(String phase, String name, int tid, int time) {
    return events
        .addObject()
        .put("ph", phase)
        .put("name", name)
        .put("pid", PID)
        .put("tid", tid)
        .put("ts", time);
  }

  private int tid(Step step) {
    return contexts.indexOf(step.process()) + 1;
  }

  private static int begin(Step step) {
    return (step.number() - 1) * STEP;
  }
}
