package dev.kstack.checks.export;

import dev.kstack.checks.explore.StateGraph;
import dev.kstack.checks.explore.StateGraph.Edge;

/**
 * A state graph in the Aldebaran format, which CADP, mCRL2 and LTSmin read: a header {@code des
 * (first, transitions, states)} and a line for each transition. Labels hold the context and its
 * operations, and after {@code !} the properties that the step violates or reaches.
 */
public final class GraphAut {
  private GraphAut() {}

  /** The graph. */
  public static String of(StateGraph graph) {
    StringBuilder aut = new StringBuilder();
    aut.append("des (0, %d, %d)\n".formatted(graph.edges().size(), graph.states().size()));
    for (Edge edge : graph.edges()) {
      aut.append(
          "(%d, \"%s\", %d)\n".formatted(edge.from(), label(edge).replace('"', '\''), edge.to()));
    }
    return aut.toString();
  }

  static String label(Edge edge) {
    String operations = "%s: %s".formatted(edge.process(), String.join("; ", edge.operations()));
    return edge.raised().isEmpty()
        ? operations
        : operations + " ! " + String.join(" ", edge.raised().stream().map(p -> p.name()).toList());
  }
}
