package dev.kstack.checks.explore;

import org.jspecify.annotations.Nullable;

/**
 * What a process can bring about if nobody begins anything else: within its present or next
 * activation, while the others at most finish theirs, in any order. (So that it is no excuse that
 * somebody else happens to hold a lock.)
 */
final class Chances {
  private final TaskGraph graph;
  private final Allowance allowance;

  Chances(TaskGraph graph, Allowance allowance) {
    this.graph = graph;
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
    while (sweep(process, goal, last, null)) {
      allowance.check();
    }
    byte[] oneMore = last.clone();
    while (sweep(process, goal, oneMore, last)) {
      allowance.check();
    }
    return oneMore;
  }

  /**
   * Carries the sets one step further back.
   *
   * @param afterwards where the process may begin an activation, the sets that hold in it; null if
   *     it may not
   * @return whether any changed
   */
  private boolean sweep(int process, byte[] goal, byte[] sets, byte @Nullable [] afterwards) {
    Permutations permutations = graph.permutations();
    boolean changed = false;
    int end = graph.firstStep(sets.length);
    for (int s = sets.length - 1; s >= 0; s--) {
      int first = graph.firstStep(s);
      int resting = graph.resting(s);
      int set = sets[s];
      for (int step = first; step < end; step++) {
        int target = graph.target(step);
        boolean own = graph.process(step) == process;
        boolean begins = (resting >>> graph.process(step) & 1) != 0;
        if (target != TaskGraph.NOWHERE && (!begins || own && afterwards != null)) {
          byte there = begins ? afterwards[target] : sets[target];
          there |= own && graph.rests(target, process) ? goal[target] : 0;
          set |= there == 0 ? 0 : permutations.origins(graph.permutation(step), there);
        }
      }
      changed |= set != sets[s];
      sets[s] = (byte) set;
      end = first;
    }
    return changed;
  }
}
