package dev.kstack.checks.export;

import static com.google.common.collect.ImmutableMap.toImmutableMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.TakenTrace;
import dev.kstack.model.machine.Word;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Apalache's Informal Trace Format: https://apalache-mc.org/docs/adr/015adr-trace.html. A variable
 * for each word, named as TLA+ can name it ({@code rq[C0].lock} is {@code rq_C0_lock}); and two for
 * the step that led to the state: {@code context} and {@code operations}, empty in the first one.
 * Numbers are integers, sets are sets, all else is a string.
 */
public final class Itf {
  static final String CONTEXT = "context";
  static final String OPERATIONS = "operations";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, Word> typed;

  private Itf(Map<String, Word> typed) {
    this.typed = typed;
  }

  /** The trace, one object of JSON. */
  public static String of(TakenTrace taken) {
    return new Itf(
            taken.trace().job().program().layout().words().stream()
                .collect(toImmutableMap(Word::name, word -> word)))
        .text(taken);
  }

  private String text(TakenTrace taken) {
    Run run = taken.run();
    ObjectNode trace = MAPPER.createObjectNode();
    trace
        .putObject("#meta")
        .put("format", "ITF")
        .put("format-description", "https://apalache-mc.org/docs/adr/015adr-trace.html")
        .put("source", taken.trace().job().name())
        .put(
            "description",
            "%s under %s; %s"
                .formatted(
                    taken.trace().property(),
                    taken.trace().job().assumptions(),
                    Job.inWords(taken.trace().job().sizes())));
    trace.putArray("params");
    ArrayNode vars = trace.putArray("vars").add(CONTEXT).add(OPERATIONS);
    run.initial().keySet().forEach(word -> vars.add(variable(word)));
    if (taken.trace().stored().run().ending() instanceof Ending.Loop loop) {
      trace.put("loop", loop.from());
    }
    ArrayNode states = trace.putArray("states");
    state(0, "", List.of(), run.initial(), states);
    for (Step step : run.steps()) {
      state(
          step.number(),
          step.process(),
          step.events().stream().map(Event::text).toList(),
          step.words(),
          states);
    }
    return trace.toPrettyString() + "\n";
  }

  private void state(
      int index,
      String context,
      List<String> operations,
      Map<String, String> words,
      ArrayNode states) {
    ObjectNode state = states.addObject();
    state.putObject("#meta").put("index", index);
    state.put(CONTEXT, context);
    ArrayNode list = state.putArray(OPERATIONS);
    operations.forEach(list::add);
    words.forEach((word, value) -> state.set(variable(word), value(word(word), value)));
  }

  private Word word(String name) {
    return Objects.requireNonNull(typed.get(name));
  }

  static String variable(String word) {
    return word.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
  }

  /** A variable has values of one type, whatever they are. */
  private static JsonNode value(Word word, String shown) {
    return switch (word.type()) {
      case NUMBER, BOOLEAN ->
          word.isLock() || !word.show(0).equals("0") ? text(shown) : number(shown);
      case TASKS, FRAMES -> set(shown);
      case NONE, TASK, FRAME, PTE -> text(shown);
    };
  }

  private static JsonNode text(String shown) {
    return MAPPER.getNodeFactory().textNode(shown);
  }

  private static JsonNode number(String shown) {
    return MAPPER.createObjectNode().put("#bigint", shown);
  }

  /** From {@code {f1,f2}}. */
  private static JsonNode set(String shown) {
    ObjectNode set = MAPPER.createObjectNode();
    ArrayNode elements = set.putArray("#set");
    if (shown.length() > 2) {
      List.of(shown.substring(1, shown.length() - 1).split(",")).forEach(elements::add);
    }
    return set;
  }
}
