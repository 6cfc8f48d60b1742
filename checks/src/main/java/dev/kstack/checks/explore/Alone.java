package dev.kstack.checks.explore;

/**
 * What a process can bring about if all others stand still: along its own steps alone, to where it
 * next rests between two activations.
 */
final class Alone {
  private final TaskGraph graph;
  private final Allowance allowance;

  Alone(TaskGraph graph, Allowance allowance) {
    this.graph = graph;
    this.allowance = allowance;
  }

  /**
   * For each state, the tasks that some process, left alone, could bring to run within its present
   * or next activation: they run where that ends.
   */
  byte[] broughtToRun() {
    allowance.take(4L * graph.states());
    byte[] running = new byte[graph.states()];
    for (int s = 0; s < running.length; s++) {
      running[s] = (byte) graph.running(s);
    }
    byte[] brought = new byte[running.length];
    for (int process = 0; process < TaskGraph.MAX_PROCESSES; process++) {
      if (bringsSomebody(process)) {
        byte[] next = atItsEnd(process, running);
        byte[] goal = next.clone();
        for (int s = 0; s < goal.length; s++) {
          goal[s] |= running[s];
        }
        byte[] presentOrNext = atItsEnd(process, goal);
        for (int s = 0; s < brought.length; s++) {
          brought[s] |= graph.rests(s, process) ? next[s] : presentOrNext[s];
        }
      }
    }
    return brought;
  }

  /**
   * The states in which somebody waits for the process to act, and it could, left alone, within its
   * present or next activation: nobody waits for it where that ends. A byte that is not 0.
   */
  byte[] couldAnswer(int process) {
    allowance.take(3L * graph.states());
    byte all = (byte) ((1 << graph.tasks()) - 1);
    byte[] answered = new byte[graph.states()];
    for (int s = 0; s < answered.length; s++) {
      answered[s] = graph.asked(s, process) ? 0 : all;
    }
    byte[] next = atItsEnd(process, answered);
    byte[] goal = next.clone();
    for (int s = 0; s < goal.length; s++) {
      goal[s] |= answered[s];
    }
    byte[] presentOrNext = atItsEnd(process, goal);
    byte[] could = new byte[goal.length];
    for (int s = 0; s < could.length; s++) {
      if (graph.asked(s, process)) {
        could[s] = graph.rests(s, process) ? next[s] : presentOrNext[s];
      }
    }
    return could;
  }

  private boolean bringsSomebody(int process) {
    Permutations permutations = graph.permutations();
    for (int s = 0; s < graph.states(); s++) {
      for (int step = graph.firstStep(s); step < graph.firstStep(s + 1); step++) {
        int target = graph.target(step);
        if (target != TaskGraph.NOWHERE && graph.process(step) == process) {
          int after = permutations.origins(graph.permutation(step), graph.running(target));
          if ((after & ~graph.running(s)) != 0) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * For each state, the union of what the goal says of the states in which the activation of the
   * process may end, the present one, or where it rests, the next one.
   */
  private byte[] atItsEnd(int process, byte[] goal) {
    byte[] sets = new byte[goal.length];
    boolean changed;
    do {
      allowance.check();
      changed = sweep(process, goal, sets);
    } while (changed);
    return sets;
  }

  private boolean sweep(int process, byte[] goal, byte[] sets) {
    Permutations permutations = graph.permutations();
    boolean changed = false;
    int end = graph.firstStep(sets.length);
    for (int s = sets.length - 1; s >= 0; s--) {
      int first = graph.firstStep(s);
      int set = sets[s];
      for (int step = first; step < end; step++) {
        int target = graph.target(step);
        if (graph.process(step) == process && target != TaskGraph.NOWHERE) {
          byte there = graph.rests(target, process) ? goal[target] : sets[target];
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
