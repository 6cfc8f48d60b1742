package dev.kstack.checks.explore;

import org.jspecify.annotations.Nullable;

/**
 * What a process can bring about if nobody begins anything else: within its present or next
 * activation, while the others at most finish theirs, in any order. (So that it is no excuse that
 * somebody else happens to hold a lock.)
 *
 * <p>Several processes are looked at in one pass over the graph, each in a field of an int.
 */
final class Chances {
  private final TaskGraph graph;
  private final Predecessors predecessors;
  private final Allowance allowance;
  private final int fieldBits;
  private final int all;

  Chances(TaskGraph graph, Predecessors predecessors, Allowance allowance) {
    this.graph = graph;
    this.predecessors = predecessors;
    this.allowance = allowance;
    fieldBits = graph.permutations().fieldBits();
    all = (1 << graph.tasks()) - 1;
  }

  /** What is aimed at: the tasks that have it in a state, from a process. */
  @FunctionalInterface
  private interface Aim {
    int in(int state, int process);
  }

  /** For each state, the tasks that some process could bring to run. */
  byte[] toRun() {
    allowance.take(graph.states());
    byte[] brought = new byte[graph.states()];
    for (int first = 0; first < graph.processes(); first += fields()) {
      int[] soon = soon(first, (state, process) -> graph.running(state));
      for (int s = 0; s < brought.length; s++) {
        for (int set = soon[s]; set != 0; set = fieldBits == Integer.SIZE ? 0 : set >>> fieldBits) {
          brought[s] |= (byte) (set & all);
        }
      }
    }
    return brought;
  }

  /**
   * For each state, the processes for which somebody waits in it, and that could act so that nobody
   * waits for them any longer.
   */
  short[] toAnswer() {
    allowance.take((long) Short.BYTES * graph.states());
    short[] could = new short[graph.states()];
    for (int first = 0; first < graph.processes(); first += fields()) {
      int[] soon = soon(first, (state, process) -> graph.asked(state, process) ? 0 : all);
      int end = Math.min(graph.processes(), first + fields());
      for (int s = 0; s < could.length; s++) {
        for (int process = first; process < end; process++) {
          boolean ends = (soon[s] >>> (process - first) * fieldBits & all) != 0;
          could[s] |= (short) (ends && graph.asked(s, process) ? 1 << process : 0);
        }
      }
    }
    return could;
  }

  private int fields() {
    return Integer.SIZE / fieldBits;
  }

  /**
   * For each state and some processes, the union of what the aim says of the states in which the
   * present or next activation of the process may end. A field for each, the first process lowest.
   */
  private int[] soon(int first, Aim aim) {
    allowance.take(2L * Integer.BYTES * graph.states());
    int[] last = new int[graph.states()];
    end(first, aim, last, null);
    predecessors.carryBackWithin(last, allowance);
    int[] oneMore = last.clone();
    end(first, aim, oneMore, last);
    predecessors.carryBackWithin(oneMore, allowance);
    allowance.give(2L * Integer.BYTES * graph.states());
    return oneMore;
  }

  /**
   * Adds what the next step alone decides: that it ends the activation, or begins one.
   *
   * @param afterwards where a process may begin an activation, the sets that hold in it; null if it
   *     may not
   */
  private void end(int first, Aim aim, int[] sets, int @Nullable [] afterwards) {
    allowance.check();
    Permutations permutations = graph.permutations();
    int step = 0;
    for (int s = 0; s < sets.length; s++) {
      for (int end = graph.firstStep(s + 1); step < end; step++) {
        int process = graph.process(step);
        int field = process - first;
        boolean begins = graph.rests(s, process);
        int target = graph.target(step);
        if (field < 0
            || field >= fields()
            || begins && afterwards == null
            || target == TaskGraph.NOWHERE) {
          continue;
        }
        int there = graph.rests(target, process) ? aim.in(target, process) : 0;
        there |= begins ? afterwards[target] >>> field * fieldBits & all : 0;
        sets[s] |= permutations.origins(graph.permutation(step), there) << field * fieldBits;
      }
    }
  }
}
