package dev.kstack.checks.explore;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.BitSet;

/**
 * AG EF: the states from which some live task can never run again, whatever anybody does.
 *
 * <p>For each state, the set of tasks that some run from it leads to running: the least fixed point
 * of "runs here, or can run after some step", each task under the names of its state. A task
 * counts, not its name: that states differ only in names and are kept as one loses nothing, for a
 * renaming maps runs to runs, and where two tasks of a state are interchangeable, either may be
 * meant.
 */
final class Traps {
  static final int NONE = -1;

  private final TaskGraph graph;
  private final Allowance allowance;
  private final byte[] canRun;
  private int state = NONE;
  private int task;

  Traps(TaskGraph graph, Predecessors predecessors, Allowance allowance) {
    this.graph = graph;
    this.allowance = allowance;
    allowance.take(graph.states());
    canRun = new byte[graph.states()];
    for (int s = 0; s < canRun.length; s++) {
      canRun[s] = (byte) graph.running(s);
    }
    predecessors.carryBack(canRun, allowance);
    findFirst();
  }

  private void findFirst() {
    for (int s = 0; s < canRun.length; s++) {
      int trapped = graph.live(s) & ~canRun[s];
      if (trapped != 0) {
        state = s;
        task = Integer.numberOfTrailingZeros(trapped) + 1;
        return;
      }
    }
  }

  /** The state of the first trap, breadth first; {@link #NONE} if there is none. */
  int state() {
    return state;
  }

  /** The task that is in it, by its name there. */
  int task() {
    return task;
  }

  /** How many states can be reached from the first trap, itself among them. */
  int region() {
    allowance.take((long) canRun.length * (Integer.BYTES + 1));
    BitSet seen = new BitSet(canRun.length);
    IntArrayList open = new IntArrayList();
    seen.set(state);
    open.add(state);
    while (!open.isEmpty()) {
      int s = open.popInt();
      for (int step = graph.firstStep(s); step < graph.firstStep(s + 1); step++) {
        int target = graph.target(step);
        if (target != TaskGraph.NOWHERE && !seen.get(target)) {
          seen.set(target);
          open.add(target);
        }
      }
    }
    return seen.cardinality();
  }
}
