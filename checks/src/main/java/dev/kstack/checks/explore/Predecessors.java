package dev.kstack.checks.explore;

/**
 * The steps of a graph backwards: for each state, the states before it. A set of tasks that is
 * known of a state is carried to those, and from there on, by a work list: each step is looked at
 * once for every task that its state gains, so the time is linear in the steps, however long the
 * ways back are. Six bytes a step and four a state: what a step does to names stands beside where
 * it comes from, so that the graph itself is not looked at again.
 */
final class Predecessors {
  /** In words of 64 states. */
  private static final int LOOK_UP_EVERY = 1 << 12;

  /** The bit of a label that says that the step begins an activation; above it, the names. */
  private static final int BEGINS = 1;

  private final TaskGraph graph;

  /** Of each state, where in {@link #sources} the states before it end, and so the next begin. */
  private final IntTable ends;

  private final IntTable sources;

  /** Of each of them, what the step does. */
  private final CharTable labels;

  Predecessors(TaskGraph graph, Allowance allowance) {
    this.graph = graph;
    int states = graph.states();
    int steps = graph.firstStep(states);
    Room room = graph.room();
    allowance.take(room.memory((long) Integer.BYTES * states));
    ends = new IntTable(states, room);
    int kept = 0;
    for (int s = 0; s < states; s++) {
      int end = graph.firstStep(s + 1);
      for (int step = graph.firstStep(s); step < end; step++) {
        int target = graph.target(step);
        if (leadsOn(s, step, target)) {
          ends.increment(target);
          kept++;
        }
      }
    }
    allowance.take(room.memory((long) (Integer.BYTES + Character.BYTES) * Math.min(kept, steps)));
    sources = new IntTable(kept, room);
    labels = new CharTable(kept, room);
    int sum = 0;
    for (int s = 0; s < states; s++) {
      int count = ends.get(s);
      ends.set(s, sum); // where they begin, and when all are entered, where they end
      sum += count;
    }
    for (int s = 0; s < states; s++) {
      int end = graph.firstStep(s + 1);
      for (int step = graph.firstStep(s); step < end; step++) {
        int target = graph.target(step);
        if (leadsOn(s, step, target)) {
          int at = ends.increment(target);
          sources.set(at, s);
          labels.set(at, label(s, step));
        }
      }
    }
  }

  private char label(int state, int step) {
    boolean begins = graph.rests(state, graph.process(step));
    return (char) (graph.permutation(step) << 1 | (begins ? BEGINS : 0));
  }

  /** Not to nowhere; and of several steps that say the same, one after the other, the first. */
  private boolean leadsOn(int state, int step, int target) {
    if (target == TaskGraph.NOWHERE) {
      return false;
    }
    return step == graph.firstStep(state)
        || graph.target(step - 1) != target
        || label(state, step - 1) != label(state, step);
  }

  /** To each state, what is said of the states after it, and so on. */
  void carryBack(int[] sets, Allowance allowance) {
    carryBack(sets, true, allowance);
  }

  /** The same, but over no step that begins an activation. */
  void carryBackWithin(int[] sets, Allowance allowance) {
    carryBack(sets, false, allowance);
  }

  private void carryBack(int[] sets, boolean beginnings, Allowance allowance) {
    allowance.take(sets.length / Byte.SIZE);
    long[] open = new long[(sets.length >>> 6) + 1];
    for (int s = 0; s < sets.length; s++) {
      open[s >>> 6] |= sets[s] == 0 ? 0 : 1L << s;
    }
    // Steps mostly lead forward: from the last state on, most states are looked at once.
    for (boolean again = true; again; ) {
      again = false;
      for (int word = open.length - 1; word >= 0; word--) {
        if ((word & LOOK_UP_EVERY - 1) == 0) {
          allowance.done(open.length - word, open.length);
        }
        while (open[word] != 0) {
          int s = word << 6 | 63 - Long.numberOfLeadingZeros(open[word]);
          open[word] &= ~(1L << s);
          again |= carry(s, sets, beginnings, open);
        }
      }
    }
    allowance.give(sets.length / Byte.SIZE);
  }

  /** Returns whether a state further on was opened, so that it is to be looked at again. */
  private boolean carry(int target, int[] sets, boolean beginnings, long[] open) {
    Permutations permutations = graph.permutations();
    boolean again = false;
    int set = sets[target];
    int end = ends.get(target);
    for (int i = target == 0 ? 0 : ends.get(target - 1); i < end; i++) {
      int label = labels.get(i);
      if (!beginnings && (label & BEGINS) != 0) {
        continue;
      }
      int s = sources.get(i);
      int before = sets[s];
      int after = before | permutations.originsOfEach(label >>> 1, set);
      if (after != before) {
        sets[s] = after;
        open[s >>> 6] |= 1L << s;
        again |= s > target;
      }
    }
    return again;
  }
}
