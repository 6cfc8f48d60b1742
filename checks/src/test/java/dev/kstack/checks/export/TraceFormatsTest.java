package dev.kstack.checks.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.checks.report.TakenTrace;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What other tools read is in their form, and says what the run says. */
class TraceFormatsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final TakenTrace FAULT = ExportedTraces.fault();
  private static final TakenTrace LOOP = ExportedTraces.loop();
  private static final TakenTrace FLUSH = ExportedTraces.flush();
  private static final List<TakenTrace> ALL = List.of(FAULT, LOOP, FLUSH);

  @Test
  void itfIsAsItsSchemaSaysAndHasEveryState() throws IOException {
    JsonSchema schema = schema("itf.schema.json");
    for (TakenTrace taken : ALL) {
      JsonNode itf = MAPPER.readTree(Itf.of(taken));
      assertEquals("[]", schema.validate(itf).toString());
      assertEquals(taken.run().steps().size() + 1, itf.get("states").size());
      Set<String> vars = new HashSet<>();
      itf.get("vars").forEach(v -> vars.add(v.textValue()));
      Map<String, String> types = new HashMap<>();
      for (JsonNode state : itf.get("states")) {
        Set<String> fields = new HashSet<>();
        state.fieldNames().forEachRemaining(fields::add);
        assertTrue(fields.remove("#meta"));
        assertEquals(vars, fields);
        for (String field : fields) {
          String type = type(state.get(field));
          assertEquals(type, types.computeIfAbsent(field, f -> type), field + " changes its type");
        }
      }
    }
    JsonNode last = MAPPER.readTree(Itf.of(FAULT)).get("states").get(FAULT.run().steps().size());
    assertEquals(FAULT.run().words().get("A.pte[1]"), last.get("A_pte_1").textValue());
    assertEquals("1", last.at("/A_on_cpu/#bigint").textValue());
    assertTrue(MAPPER.readTree(Itf.of(LOOP)).get("loop").isInt());

    ObjectNode wrong = (ObjectNode) MAPPER.readTree(Itf.of(FAULT));
    ((ObjectNode) wrong.get("states").get(0)).put("A_on_cpu", 1);
    assertFalse(schema.validate(wrong).isEmpty(), "the schema sees no fault");
  }

  private static String type(JsonNode value) {
    return value.isObject() ? value.fieldNames().next() : value.getNodeType().toString();
  }

  private static JsonSchema schema(String name) throws IOException {
    try (InputStream text = TraceFormatsTest.class.getResourceAsStream(name)) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(Objects.requireNonNull(text));
    }
  }

  /** A slice for each step; an arrow begins inside one and ends at another, later. */
  @Test
  void traceEventsAreAsTheirSchemaSaysAndArrowsBindToSteps() throws IOException {
    JsonSchema schema = schema("trace-event.schema.json");
    Set<String> arrows = new HashSet<>();
    for (TakenTrace taken : ALL) {
      JsonNode trace = MAPPER.readTree(Perfetto.of(taken));
      assertEquals("[]", schema.validate(trace).toString());
      List<JsonNode> steps = new ArrayList<>();
      Map<Integer, JsonNode> starts = new HashMap<>();
      for (JsonNode event : trace.get("traceEvents")) {
        if (event.path("cat").asText().equals("step")) {
          steps.add(event);
        }
        if (event.get("ph").textValue().equals("s")) {
          starts.put(event.get("id").intValue(), event);
        }
      }
      assertEquals(taken.run().steps().size(), steps.size());
      for (JsonNode event : trace.get("traceEvents")) {
        if (event.get("ph").textValue().equals("f")) {
          JsonNode start = Objects.requireNonNull(starts.remove(event.get("id").intValue()));
          assertTrue(start.get("ts").intValue() < event.get("ts").intValue());
          assertTrue(steps.stream().anyMatch(s -> encloses(s, start)), start::toString);
          assertTrue(steps.stream().anyMatch(s -> encloses(s, event)), event::toString);
          arrows.add(event.get("name").textValue().replaceAll(" \\S+$", ""));
        }
      }
      assertTrue(starts.isEmpty(), "arrows that go nowhere");
    }
    assertEquals(Set.of("wakeup", "reschedule", "flush IPI"), arrows);

    JsonNode wrong = MAPPER.readTree(Perfetto.of(FAULT));
    ((ObjectNode) wrong.get("traceEvents").get(wrong.get("traceEvents").size() - 1)).remove("s");
    assertFalse(schema.validate(wrong).isEmpty(), "the schema sees no fault");
  }

  private static boolean encloses(JsonNode slice, JsonNode event) {
    int begin = slice.get("ts").intValue();
    int at = event.get("ts").intValue();
    return slice.get("tid").equals(event.get("tid"))
        && begin <= at
        && at <= begin + slice.get("dur").intValue();
  }

  /** By the very expression that the file gives ShiViz; and the clocks are vector clocks. */
  @Test
  void shiVizReadsEveryStepAndItsClockGrows() throws IOException {
    boolean knows = false;
    for (TakenTrace taken : ALL) {
      String log = ShiViz.of(taken);
      String[] head = log.split("\n", 3);
      assertEquals("", head[1]);
      // JavaScript takes a lone { for itself.
      Matcher events = Pattern.compile(head[0].replace("{.*}", "\\{.*\\}")).matcher(head[2]);
      Map<String, Map<String, Integer>> now = new HashMap<>();
      int count = 0;
      while (events.find()) {
        String host = events.group("host");
        Map<String, Integer> clock = new TreeMap<>();
        MAPPER
            .readTree(events.group("clock"))
            .fields()
            .forEachRemaining(e -> clock.put(e.getKey(), e.getValue().intValue()));
        Map<String, Integer> before = now.getOrDefault(host, Map.of());
        assertEquals(before.getOrDefault(host, 0) + 1, clock.get(host));
        clock.forEach(
            (other, time) -> {
              assertTrue(time >= before.getOrDefault(other, 0), "a clock goes back");
              assertTrue(
                  other.equals(host) || time <= now.getOrDefault(other, Map.of()).get(other),
                  "it knows the future");
            });
        now.put(host, clock);
        knows |= clock.size() > 1;
        assertTrue(events.group("event").startsWith(++count + ": "), events.group("event"));
      }
      assertEquals(taken.run().steps().size(), count);
    }
    assertTrue(knows, "no context ever knows of another");
  }

  /** As scripts read it: K: Documentation/trace/ftrace.rst. */
  @Test
  void everyLineOfFtraceIsAnEntryAndSwitchesFitTogether() {
    Pattern entry =
        Pattern.compile(
            "\\s*(.+)-(\\d+)\\s+\\[(\\d{3})] (\\S{5})\\s+(\\d+\\.\\d{6}): (\\w+): (.*)");
    Pattern sched =
        Pattern.compile(
            "prev_comm=(\\S+) prev_pid=(\\d+) prev_prio=120 prev_state=([RS])"
                + " ==> next_comm=(\\S+) next_pid=(\\d+) next_prio=120");
    int switches = 0;
    int wakings = 0;
    for (TakenTrace taken : ALL) {
      double before = 0;
      Map<String, String> running = new HashMap<>();
      int entries = 0;
      String text = Ftrace.of(taken);
      for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
        Matcher m = entry.matcher(line);
        assertTrue(m.matches(), line);
        entries++;
        double time = Double.parseDouble(m.group(5));
        assertTrue(time > before, line);
        before = time;
        wakings += m.group(6).equals("sched_waking") ? 1 : 0;
        if (m.group(6).equals("sched_switch")) {
          switches++;
          Matcher s = sched.matcher(m.group(7));
          assertTrue(s.matches(), line);
          assertEquals(running.getOrDefault(m.group(3), "0"), s.group(2), line);
          running.put(m.group(3), s.group(5));
        }
      }
      assertTrue(text.contains("entries-written: %d/%d ".formatted(entries, entries)), text);
    }
    assertTrue(switches > 4 && wakings > 2, switches + " " + wakings);
  }

  /** The grammar of the lines that we write, and no sign in a text that ends it. */
  @Test
  void mermaidHasANoteForEachStepAndArrowsBetweenParticipants() {
    Pattern line =
        Pattern.compile(
            "    (participant (\\w+)|Note over (\\w+): (.+)|(\\w+)-(?:\\)|->>)(\\w+): (.+)|loop .+|end)");
    for (TakenTrace taken : ALL) {
      List<String> lines = Mermaid.of(taken).lines().toList();
      assertEquals("sequenceDiagram", lines.get(0));
      Set<String> participants = new HashSet<>();
      int notes = 0;
      int open = 0;
      for (String text : lines.subList(1, lines.size())) {
        Matcher m = line.matcher(text);
        assertTrue(m.matches(), text);
        if (m.group(2) != null) {
          participants.add(m.group(2));
        } else if (m.group(3) != null) {
          assertTrue(participants.contains(m.group(3)), text);
          assertFalse(withoutEntities(m.group(4)).matches(".*[#;{}\"].*"), text);
          notes++;
        } else if (m.group(5) != null) {
          assertTrue(participants.contains(m.group(5)) && participants.contains(m.group(6)), text);
          assertNotEquals(m.group(5), m.group(6));
        } else {
          open += text.strip().equals("end") ? -1 : 1;
        }
      }
      assertEquals(0, open);
      assertEquals(taken.run().steps().size() + 1, notes);
    }
    assertTrue(Mermaid.of(FAULT).contains("C0-->>C1: since "), Mermaid.of(FAULT));
    assertTrue(Mermaid.of(FLUSH).contains("S-)C0: flush IPI "), Mermaid.of(FLUSH));
    assertTrue(Mermaid.of(LOOP).contains("    loop for ever\n"), Mermaid.of(LOOP));
  }

  private static String withoutEntities(String text) {
    return text.replaceAll("#\\d+;", "").replace("<br/>", "");
  }

  /** A signal is asked for before it is answered, by the step that writes its word. */
  @Test
  void signalsComeFromTheStepThatAsks() {
    for (TakenTrace taken : ALL) {
      for (Signal signal : Signal.of(taken.run())) {
        Step from = taken.run().steps().get(signal.from() - 1);
        String changes = from.events().toString();
        assertTrue(
            switch (signal.kind()) {
              case WAKEUP -> changes.contains(signal.what() + ".state: SLEEPING -> RUNNING");
              case RESCHEDULE -> changes.contains(signal.what() + ".need_resched: 0 -> 1");
              case FLUSH_IPI -> changes.contains("on_each_cpu(flush");
            },
            signal + ": " + changes);
      }
    }
  }
}
