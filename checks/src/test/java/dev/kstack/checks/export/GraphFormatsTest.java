package dev.kstack.checks.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.explore.StateGraph;
import dev.kstack.checks.explore.StateGraph.Edge;
import dev.kstack.checks.report.AssumptionChoice;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.JobPlan;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.spec.Property;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.automatalib.automaton.impl.CompactSimpleAutomaton;
import net.automatalib.exception.FormatException;
import net.automatalib.serialization.aut.AUTParsers;
import org.jgrapht.nio.ImportException;
import org.jgrapht.nio.dot.DOTEventDrivenImporter;
import org.jgrapht.nio.graphml.GraphMLEventDrivenImporter;
import org.junit.jupiter.api.Test;

/** Graphs are what the search sees, and readers of others read them. */
class GraphFormatsTest {
  private static final Job JOB =
      new JobPlan(
              List.of("switch-out+H2"),
              false,
              AssumptionChoice.of(Hardware.MANUALS),
              new SizeOptions(1, 2, 2, 3, null, null))
          .jobs(new Catalogue(Designs.ALL))
          .get(0);
  private static final StateGraph GRAPH = StateGraph.of(JOB.program(), 1_000_000);
  private static final StateGraph PART = StateGraph.of(JOB.program(), 50);

  /** What a reader has read. */
  private record Read(Set<String> nodes, List<List<String>> edges) {}

  /** The same states, the same steps, and each violation as near as the search says. */
  @Test
  void theGraphIsWhatTheSearchSees() {
    SearchResult result = new Explorer(JOB.program(), Settings.DEFAULT).search();
    assertTrue(GRAPH.complete());
    assertEquals(result.states(), GRAPH.states().stream().filter(s -> !s.panicked()).count());
    assertTrue(GRAPH.edges().size() <= result.transitions());

    Map<Property, Integer> nearest = new HashMap<>();
    int[] depth = depths();
    for (int i = 0; i < depth.length; i++) {
      for (Property p : GRAPH.states().get(i).raised()) {
        nearest.merge(p, depth[i], Math::min);
      }
    }
    for (Edge edge : GRAPH.edges()) {
      for (Property p : edge.raised()) {
        nearest.merge(p, depth[edge.from()] + 1, Math::min);
      }
    }
    assertFalse(nearest.isEmpty());
    result
        .found()
        .forEach(
            (property, run) -> {
              if (!property.equals(JOB.program().deadlock())) {
                assertEquals(run.steps().size(), nearest.get(property), property.name());
              }
            });
  }

  private static int[] depths() {
    int[] depth = new int[GRAPH.states().size()];
    Arrays.fill(depth, Integer.MAX_VALUE);
    depth[0] = 0;
    Map<Integer, List<Integer>> next =
        GRAPH.edges().stream()
            .collect(
                Collectors.groupingBy(
                    Edge::from, Collectors.mapping(Edge::to, Collectors.toList())));
    Deque<Integer> waiting = new ArrayDeque<>(List.of(0));
    while (!waiting.isEmpty()) {
      int at = waiting.poll();
      for (int to : next.getOrDefault(at, List.of())) {
        if (depth[to] == Integer.MAX_VALUE) {
          depth[to] = depth[at] + 1;
          waiting.add(to);
        }
      }
    }
    assertTrue(Arrays.stream(depth).allMatch(d -> d < Integer.MAX_VALUE), "cut off");
    return depth;
  }

  @Test
  void aPartOfItHasNoMoreStatesThanAsked() {
    assertFalse(PART.complete());
    assertEquals(50, PART.states().size());
    assertEquals(GRAPH.states().subList(0, 50), PART.states());
    assertTrue(PART.edges().stream().allMatch(e -> e.to() < 50));
    assertTrue(GraphDot.of("x", PART).contains("// the first 50 states; there are more"));
  }

  @Test
  void anotherReaderReadsTheDot() {
    for (StateGraph graph : List.of(GRAPH, PART)) {
      DOTEventDrivenImporter importer = new DOTEventDrivenImporter(false, false);
      Read read = listen(importer, "label");
      importer.importInput(new StringReader(GraphDot.of("odd \"name\"", graph)));
      assertEquals(graph.states().size(), read.nodes().size());
      assertEquals(
          sorted(
              graph.edges().stream()
                  .map(
                      e ->
                          List.of(
                              Integer.toString(e.from()),
                              Integer.toString(e.to()),
                              e.process() + ": " + String.join("\n", e.operations())))
                  .toList()),
          sorted(read.edges()));
    }
  }

  /** A reader may tell of edges in any order, and may leave {@code \n} to whoever draws. */
  private static List<String> sorted(List<List<String>> edges) {
    return edges.stream().map(e -> String.join(" ", e).replace("\\n", "\n")).sorted().toList();
  }

  @Test
  void anotherReaderReadsTheGraphMlAndItsSchemaHolds() {
    GraphMLEventDrivenImporter importer = new GraphMLEventDrivenImporter();
    assertTrue(importer.isSchemaValidation());
    Read read = listen(importer, "operations");
    importer.importInput(new StringReader(GraphMl.of(GRAPH)));
    assertEquals(GRAPH.states().size(), read.nodes().size());
    assertEquals(
        GRAPH.edges().stream()
            .map(e -> List.of("s" + e.from(), "s" + e.to(), String.join("\n", e.operations())))
            .toList(),
        read.edges());
    assertThrows(
        ImportException.class,
        () ->
            importer.importInput(
                new StringReader(GraphMl.of(GRAPH).replace(" source=", " sauce="))));
  }

  /** Collects what the reader tells: of each edge its ends and one attribute. */
  private static Read listen(DOTEventDrivenImporter importer, String attribute) {
    Read read = new Read(new HashSet<>(), new ArrayList<>());
    importer.addVertexWithAttributesConsumer((node, attributes) -> read.nodes().add(node));
    importer.addEdgeWithAttributesConsumer(
        (edge, attributes) ->
            read.edges()
                .add(
                    List.of(
                        edge.getFirst(), edge.getSecond(), attributes.get(attribute).getValue())));
    return read;
  }

  private static Read listen(GraphMLEventDrivenImporter importer, String attribute) {
    Read read = new Read(new HashSet<>(), new ArrayList<>());
    importer.addVertexConsumer(read.nodes()::add);
    importer.addEdgeConsumer(
        edge -> read.edges().add(new ArrayList<>(List.of(edge.getFirst(), edge.getSecond()))));
    importer.addEdgeAttributeConsumer(
        (edge, value) -> {
          if (edge.getSecond().equals(attribute)) {
            read.edges().get(read.edges().size() - 1).add(value.getValue());
          }
        });
    return read;
  }

  @Test
  void anotherReaderReadsTheAut() throws IOException, FormatException {
    byte[] text = GraphAut.of(GRAPH).getBytes(StandardCharsets.UTF_8);
    CompactSimpleAutomaton<String> read =
        AUTParsers.parser().readModel(new ByteArrayInputStream(text)).model;
    assertEquals(GRAPH.states().size(), read.size());
    assertEquals(Set.of(0), read.getInitialStates());
    for (Edge edge : GRAPH.edges()) {
      assertTrue(
          read.getTransitions(edge.from(), GraphAut.label(edge)).contains(edge.to()),
          edge::toString);
    }
    assertEquals(
        GRAPH.edges().size(),
        read.getStates().stream()
            .mapToInt(
                s ->
                    read.getInputAlphabet().stream()
                        .mapToInt(i -> read.getTransitions(s, i).size())
                        .sum())
            .sum());
  }

  /**
   * By the rules of Linux's reader: nodes are the lines that begin with a brace and "node", the
   * first line after them is the initial arrow, then come lines that begin with a quote.
   */
  @Test
  void rvgenReadsTheAutomatonOfAPage() {
    List<String> lines = RvDot.text().lines().toList();
    assertEquals(List.of("digraph", "state_automaton"), words(lines.get(0)).subList(0, 2));
    Set<String> states = new TreeSet<>();
    String initial = "";
    int at = 0;
    while (!words(lines.get(at)).contains("{node")) {
      at++;
    }
    for (; words(lines.get(at)).contains("{node"); at++) {
      List<String> words = words(lines.get(at));
      String state = words.get(words.size() - 1).replace("\"", "").replace("};", "");
      if (state.startsWith("__init_")) {
        initial = state.substring("__init_".length());
      } else {
        states.add(state);
      }
    }
    Map<List<String>, String> moves = new HashMap<>();
    for (at++; lines.get(at).strip().startsWith("\""); at++) {
      List<String> words = words(lines.get(at));
      if (words.get(1).equals("->")) {
        int label = words.indexOf("label");
        String event =
            String.join("", words.subList(label + 2, words.size() - 1)).replace("\"", "");
        String from = words.get(0).replace("\"", "");
        String to = words.get(2).replace("\"", "");
        assertTrue(states.contains(from) && states.contains(to), lines.get(at));
        assertEquals(null, moves.put(List.of(from, event), to), "not deterministic: " + event);
      } else {
        assertEquals(words.get(0), words.get(3).replaceAll("[,\\];]+$", ""), lines.get(at));
      }
    }
    assertEquals("off_cpu_unmapped", initial);
    assertEquals(RvDot.transitions().size(), moves.size());

    // What the proposal is about.
    assertEquals("off_cpu_unmapped", moves.get(List.of("off_cpu_never_accessed", "reclaim")));
    moves.forEach(
        (move, to) -> {
          if (move.get(1).equals("reclaim")) {
            // Of a thread that lives; what it accessed is reclaimed when it is dead.
            assertTrue(
                move.get(0).endsWith("_never_accessed") || move.get(0).equals("exited_marked"),
                move.toString());
            assertFalse(move.get(0).startsWith("on_cpu"), move.toString());
          }
          if (move.get(0).endsWith("_cpu_accessed") && !move.get(1).equals("exit")) {
            assertTrue(to.endsWith("_accessed"), move.toString());
          }
          assertFalse(
              move.get(1).equals("switch_in") && move.get(0).endsWith("unmapped"), move.toString());
        });
  }

  private static List<String> words(String line) {
    return Arrays.asList(line.strip().split("\\s+"));
  }
}
