package dev.kstack.checks.explore;

import org.jspecify.annotations.Nullable;

/**
 * What a process can bring about if nobody begins anything else: within its present or next
 * activation, while the others at most finish theirs, in any order. (So that it is no excuse that
 * somebody else happens to hold a lock.)
 */
final class Chances {
  private final TaskGraph graph;
  private final Predecessors predecessors;
  private final Allowance allowance;

  Chances(TaskGraph graph, Predecessors predecessors, Allowance allowance) {
    this.graph = graph;
    this.predecessors = predecessors;
    this.allowance = allowance;
  }

  /** For each state, the tasks that some process could bring to run. */
  byte[] toRun() {
    allowance.take(4L * graph.states());
    byte[] running = new byte[graph.states()];
    for (int s = 0; s < running.length; s++) {
      running[s] = (byte) graph.running(s);
    }
    byte[] brought = new byte[running.length];
    for (int process = 0; process < graph.processes(); process++) {
      byte[] soon = soon(process, running);
      for (int s = 0; s < brought.length; s++) {
        brought[s] |= soon[s];
      }
    }
    return brought;
  }

  /**
   * The states in which somebody waits for the process to act, and it could, so that nobody waits
   * for it any longer. A byte that is not 0.
   */
  byte[] toAnswer(int process) {
    allowance.take(3L * graph.states());
    byte all = (byte) ((1 << graph.tasks()) - 1);
    byte[] answered = new byte[graph.states()];
    for (int s = 0; s < answered.length; s++) {
      answered[s] = graph.asked(s, process) ? 0 : all;
    }
    byte[] could = soon(process, answered);
    for (int s = 0; s < could.length; s++) {
      could[s] &= (byte) ~answered[s];
    }
    return could;
  }

  /**
   * For each state, the union of what the goal says of the states in which the present or next
   * activation of the process may end.
   */
  private byte[] soon(int process, byte[] goal) {
    byte[] last = new byte[goal.length];
    end(process, goal, last, null);
    predecessors.carryBackWithin(last, allowance);
    byte[] oneMore = last.clone();
    end(process, goal, oneMore, last);
    predecessors.carryBackWithin(oneMore, allowance);
    return oneMore;
  }

  /**
   * Adds what the next step alone decides: that it ends the activation, or begins one.
   *
   * @param afterwards where the process may begin an activation, the sets that hold in it; null if
   *     it may not
   */
  private void end(int process, byte[] goal, byte[] sets, byte @Nullable [] afterwards) {
    allowance.check();
    Permutations permutations = graph.permutations();
    int first = 0;
    for (int s = 0; s < sets.length; s++) {
      int end = graph.firstStep(s + 1);
      boolean begins = graph.rests(s, process);
      for (int step = first; step < end; step++) {
        if (graph.process(step) != process || begins && afterwards == null) {
          continue;
        }
        int target = graph.target(step);
        if (target != TaskGraph.NOWHERE) {
          byte there = graph.rests(target, process) ? goal[target] : 0;
          there |= begins ? afterwards[target] : 0;
          sets[s] |= (byte) (there == 0 ? 0 : permutations.origins(graph.permutation(step), there));
        }
      }
      first = end;
    }
  }
}
