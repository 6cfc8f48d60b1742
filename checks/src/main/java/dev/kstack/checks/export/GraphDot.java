package dev.kstack.checks.export;

import static java.util.stream.Collectors.joining;

import dev.kstack.checks.explore.StateGraph;
import dev.kstack.checks.explore.StateGraph.Edge;
import dev.kstack.checks.explore.StateGraph.State;
import dev.kstack.checks.trace.LastState;
import dev.kstack.spec.Property;

/**
 * A state graph for Graphviz. A node is the number of its state, with its words as the tooltip; red
 * where a property is violated there or by the step to there.
 */
public final class GraphDot {
  private GraphDot() {}

  /** The graph, in DOT. */
  public static String of(String name, StateGraph graph) {
    StringBuilder dot = new StringBuilder("digraph " + quoted(name) + " {\n");
    if (!graph.complete()) {
      dot.append("  // the first ")
          .append(graph.states().size())
          .append(" states; there are more\n");
    }
    dot.append("  node [shape=circle];\n");
    for (int i = 0; i < graph.states().size(); i++) {
      State state = graph.states().get(i);
      dot.append(
          "  %d [tooltip=%s%s%s];\n"
              .formatted(
                  i,
                  quoted(String.join("\n", LastState.lines(state.words()))),
                  i == 0 ? ", shape=doublecircle" : "",
                  isViolation(state.raised()) || state.panicked() ? ", color=red" : ""));
    }
    for (Edge edge : graph.edges()) {
      dot.append(
          "  %d -> %d [label=%s%s];\n"
              .formatted(
                  edge.from(),
                  edge.to(),
                  quoted(label(edge)),
                  isViolation(edge.raised()) ? ", color=red" : ""));
    }
    return dot.append("}\n").toString();
  }

  private static boolean isViolation(Iterable<Property> raised) {
    for (Property property : raised) {
      if (property.kind() != Property.Kind.SANITY) {
        return true;
      }
    }
    return false;
  }

  private static String label(Edge edge) {
    return edge.process() + ": " + edge.operations().stream().collect(joining("\n"));
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
