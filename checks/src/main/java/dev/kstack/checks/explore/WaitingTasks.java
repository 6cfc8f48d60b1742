package dev.kstack.checks.explore;

/**
 * The places where a task wants to run, does not, and nobody could bring it to run soon: pairs of a
 * state and a task, numbered in the order of states. Steps lead from place to place; those to other
 * pairs are left out. Some places may be removed.
 */
final class WaitingTasks {
  static final int NONE = -1;

  /** {@link Components} counts places from below and components from above in one int. */
  private static final int MOST_PLACES = Integer.MAX_VALUE / 2;

  private final TaskGraph graph;

  /** Of each state, the number of its first place, and the tasks that have one. */
  private final int[] firstPlace;

  private final byte[] tasks;
  private final int[] states;
  private final boolean[] removed;

  WaitingTasks(TaskGraph graph, Predecessors predecessors, Allowance allowance) {
    this.graph = graph;
    tasks = new Chances(graph, predecessors, allowance).toRun();
    allowance.take((long) tasks.length * Integer.BYTES);
    firstPlace = new int[tasks.length + 1];
    for (int s = 0; s < tasks.length; s++) {
      tasks[s] = (byte) (graph.live(s) & graph.wanting(s) & ~graph.running(s) & ~tasks[s]);
      firstPlace[s + 1] = firstPlace[s] + Integer.bitCount(tasks[s]);
      if (firstPlace[s + 1] > MOST_PLACES) {
        throw new Allowance.Spent(StopReason.MEMORY);
      }
    }
    int places = firstPlace[tasks.length];
    allowance.take((long) places * (Integer.BYTES + 1));
    states = new int[places];
    removed = new boolean[places];
    for (int s = 0; s < tasks.length; s++) {
      for (int place = firstPlace[s]; place < firstPlace[s + 1]; place++) {
        states[place] = s;
      }
    }
  }

  int size() {
    return states.length;
  }

  int state(int place) {
    return states[place];
  }

  /** The task that waits there, by its name in the state. */
  int task(int place) {
    int set = tasks[states[place]];
    for (int i = firstPlace[states[place]]; i < place; i++) {
      set &= set - 1;
    }
    return Integer.numberOfTrailingZeros(set) + 1;
  }

  boolean removed(int place) {
    return removed[place];
  }

  void remove(int place) {
    removed[place] = true;
  }

  /** The place that the step leads to from this one; {@link #NONE} if it leads out. */
  int after(int place, int step) {
    int target = graph.target(step);
    if (target == TaskGraph.NOWHERE || tasks[target] == 0) {
      return NONE;
    }
    int bit = 1 << graph.permutations().image(graph.permutation(step), task(place)) - 1;
    if ((tasks[target] & bit) == 0) {
      return NONE;
    }
    int next = firstPlace[target] + Integer.bitCount(tasks[target] & bit - 1);
    return removed[next] ? NONE : next;
  }
}
