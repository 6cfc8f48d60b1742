package dev.kstack.checks.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.model.kernel.Sizes;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs for programs: written, and read back. A run is data, who takes each step and what is chosen
 * in it; what happens follows from the model, so it can be taken again as long as the model is the
 * same. The form is stable: a change that breaks readers changes the schema.
 *
 * <pre>
 * {"schema":"kstack-trace/1",
 *  "design":"switch-out","defect":"H8","hardware":"manuals",
 *  "config":{"cpus":2,"threads":2,"pages":2,"frames":3,"reserve":0,"speculation":1},
 *  "property":"no-stack-fault",
 *  "steps":[{"process":0,"choices":[1]},{"process":3,"choices":[]}]}
 * </pre>
 *
 * <p>{@code defect} is null for a design as it is. {@code process} is the number of the process,
 * from 0: the CPUs, the other users of frames, the shrinker if there is one, speculation if there
 * is any. {@code choices} are the values of the choices that the step makes, in their order: a
 * number, a task from 1, a frame from 1, or in which of its ways an instruction happens.
 *
 * <p>Three fields stand only where they say something. {@code "ending"} is what a run shows that no
 * single step does: {@code {"trap":{"task":2,"states":3808}}}, the task can never run again from
 * the last state on, of which so many others can be reached; or {@code
 * {"loop":{"task":2,"from":4,"renamed":false}}}, after so many steps it goes round for ever. {@code
 * "grain":"operation"} says that each step is a single operation, and not a transaction; {@code
 * "operation-forgetting"} that dead values are forgotten between activations, too. {@code
 * "brokenRules":["rq[].queue"]} are the rules of locking on which the steps do not rely.
 */
public final class JsonTrace {
  public static final String SCHEMA = "kstack-trace/1";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonTrace() {}

  public static String write(StoredRun stored) {
    ObjectNode trace = MAPPER.createObjectNode();
    trace.put("schema", SCHEMA);
    trace.put("design", stored.design());
    trace.put("defect", stored.defect());
    JsonAssumptions.put(trace, stored.assumptions());
    trace
        .putObject("config")
        .put("cpus", stored.config().cpus())
        .put("threads", stored.config().threads())
        .put("pages", stored.config().pages())
        .put("frames", stored.config().frames())
        .put("reserve", stored.config().reserve())
        .put("speculation", stored.config().speculation());
    trace.put("property", stored.property());
    if (stored.grain() != Grain.TRANSACTION) {
      trace.put("grain", stored.grain().label());
    }
    if (!stored.broken().isEmpty()) {
      stored.broken().forEach(trace.putArray("brokenRules")::add);
    }
    writeEnding(stored.run().ending(), trace);
    ArrayNode steps = trace.putArray("steps");
    for (Counterexample.Step step : stored.run().steps()) {
      ArrayNode choices = steps.addObject().put("process", step.process()).putArray("choices");
      step.choices().forEach(choices::add);
    }
    return trace + "\n";
  }

  private static void writeEnding(Ending ending, ObjectNode trace) {
    if (ending instanceof Ending.Trap trap) {
      ObjectNode of = trace.putObject("ending").putObject("trap");
      of.put("task", trap.task()).put("states", trap.states());
    } else if (ending instanceof Ending.Loop loop) {
      ObjectNode of = trace.putObject("ending").putObject("loop");
      of.put("task", loop.task()).put("from", loop.from()).put("renamed", loop.renamed());
    }
  }

  /**
   * Reads what {@link #write} has written. Whether the run is possible shows when it is taken.
   *
   * @throws TraceFormatException if it is not such a text
   */
  public static StoredRun read(String text) throws TraceFormatException {
    JsonNode trace = parse(text);
    String schema = string(trace, "", "schema");
    if (!schema.equals(SCHEMA)) {
      throw new TraceFormatException("schema is '%s', not '%s'".formatted(schema, SCHEMA));
    }
    only(
        trace,
        "",
        "schema",
        "design",
        "defect",
        JsonAssumptions.HARDWARE,
        JsonAssumptions.SCHEDULER,
        JsonAssumptions.KERNEL,
        "config",
        "property",
        "grain",
        "brokenRules",
        "ending",
        "steps");
    JsonNode config = field(trace, "", "config");
    ImmutableList<Counterexample.Step> steps = steps(array(trace, "", "steps"));
    only(config, "config.", "cpus", "threads", "pages", "frames", "reserve", "speculation");
    return new StoredRun(
        string(trace, "", "design"),
        field(trace, "", "defect").isNull() ? null : string(trace, "", "defect"),
        JsonAssumptions.read(trace),
        new Sizes(
            number(config, "config.", "cpus"),
            number(config, "config.", "threads"),
            number(config, "config.", "pages"),
            number(config, "config.", "frames"),
            number(config, "config.", "reserve"),
            number(config, "config.", "speculation")),
        string(trace, "", "property"),
        new Counterexample(steps, ending(trace.get("ending"), steps.size())),
        grain(trace),
        brokenRules(trace));
  }

  private static Grain grain(JsonNode trace) throws TraceFormatException {
    if (trace.get("grain") == null) {
      return Grain.TRANSACTION;
    }
    String grain = string(trace, "", "grain");
    for (Grain known : Grain.values()) {
      if (known.label().equals(grain)) {
        return known;
      }
    }
    throw new TraceFormatException(
        "grain is '%s'; it can be '%s' or '%s'"
            .formatted(grain, Grain.OPERATION.label(), Grain.FORGETFUL_OPERATION.label()));
  }

  private static ImmutableSet<String> brokenRules(JsonNode trace) throws TraceFormatException {
    ImmutableSet.Builder<String> rules = ImmutableSet.builder();
    if (trace.get("brokenRules") != null) {
      for (JsonNode rule : array(trace, "", "brokenRules")) {
        if (!rule.isTextual()) {
          throw new TraceFormatException("brokenRules has what is no string: " + shown(rule));
        }
        rules.add(rule.textValue());
      }
    }
    return rules.build();
  }

  private static Ending ending(@Nullable JsonNode ending, int steps) throws TraceFormatException {
    if (ending == null) {
      return new Ending.Here();
    }
    only(ending, "ending.", "trap", "loop");
    if (ending.size() != 1) {
      throw new TraceFormatException("ending is not one of trap, loop: " + shown(ending));
    }
    if (ending.has("trap")) {
      JsonNode trap = ending.get("trap");
      only(trap, "ending.trap.", "task", "states");
      return new Ending.Trap(
          number(trap, "ending.trap.", "task"), number(trap, "ending.trap.", "states"));
    }
    JsonNode loop = ending.get("loop");
    only(loop, "ending.loop.", "task", "from", "renamed");
    int from = number(loop, "ending.loop.", "from");
    if (from > steps) {
      throw new TraceFormatException(
          "ending.loop.from is %d, more than the %d steps".formatted(from, steps));
    }
    JsonNode renamed = field(loop, "ending.loop.", "renamed");
    if (!renamed.isBoolean()) {
      throw new TraceFormatException("ending.loop.renamed is not a boolean: " + shown(renamed));
    }
    return new Ending.Loop(number(loop, "ending.loop.", "task"), from, renamed.booleanValue());
  }

  private static JsonNode parse(String text) throws TraceFormatException {
    try {
      JsonNode trace = MAPPER.readTree(text);
      if (!trace.isObject()) {
        throw new TraceFormatException("not an object of JSON");
      }
      return trace;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : "line %d, column %d: "
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new TraceFormatException("not JSON: " + where + e.getOriginalMessage());
    }
  }

  private static ImmutableList<Counterexample.Step> steps(JsonNode array)
      throws TraceFormatException {
    ImmutableList.Builder<Counterexample.Step> steps = ImmutableList.builder();
    for (int i = 0; i < array.size(); i++) {
      String at = "steps[%d].".formatted(i);
      JsonNode step = array.get(i);
      only(step, at, "process", "choices");
      JsonNode values = array(step, at, "choices");
      ImmutableList.Builder<Integer> choices = ImmutableList.builder();
      for (int c = 0; c < values.size(); c++) {
        choices.add(integer(values.get(c), at + "choices[%d]".formatted(c)));
      }
      steps.add(new Counterexample.Step(number(step, at, "process"), choices.build()));
    }
    return steps.build();
  }

  /** Nothing else: a field that is misspelt, or of a later schema, is not passed over. */
  private static void only(JsonNode object, String at, String... names)
      throws TraceFormatException {
    if (!object.isObject()) {
      String what = at.endsWith(".") ? at.substring(0, at.length() - 1) : at;
      throw new TraceFormatException("%s is not an object: %s".formatted(what, shown(object)));
    }
    for (Iterator<String> fields = object.fieldNames(); fields.hasNext(); ) {
      String name = fields.next();
      if (!List.of(names).contains(name)) {
        throw new TraceFormatException(
            "%s%s is no field of it; they are %s".formatted(at, name, String.join(", ", names)));
      }
    }
  }

  private static JsonNode field(JsonNode object, String at, String name)
      throws TraceFormatException {
    JsonNode value = object.get(name);
    if (value == null) {
      throw new TraceFormatException("%s%s is missing".formatted(at, name));
    }
    return value;
  }

  private static String string(JsonNode object, String at, String name)
      throws TraceFormatException {
    JsonNode value = field(object, at, name);
    if (!value.isTextual()) {
      throw new TraceFormatException("%s%s is not a string: %s".formatted(at, name, shown(value)));
    }
    return value.textValue();
  }

  private static JsonNode array(JsonNode object, String at, String name)
      throws TraceFormatException {
    JsonNode value = field(object, at, name);
    if (!value.isArray()) {
      throw new TraceFormatException("%s%s is not an array: %s".formatted(at, name, shown(value)));
    }
    return value;
  }

  private static int number(JsonNode object, String at, String name) throws TraceFormatException {
    JsonNode value = field(object, at, name);
    int number = integer(value, at + name);
    if (number < 0) {
      throw new TraceFormatException("%s%s is less than 0: %s".formatted(at, name, shown(value)));
    }
    return number;
  }

  private static int integer(JsonNode value, String what) throws TraceFormatException {
    if (!value.isInt()) {
      throw new TraceFormatException("%s is not an int: %s".formatted(what, shown(value)));
    }
    return value.intValue();
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }
}
