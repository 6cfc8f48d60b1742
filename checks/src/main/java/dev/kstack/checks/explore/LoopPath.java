package dev.kstack.checks.explore;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * A short fair loop through a place: from each place to the nearest step or state that the loop
 * still lacks, and back at last. Greedy, so not always a shortest one.
 */
final class LoopPath {
  private static final int UNSEEN = -1;

  private final TaskGraph graph;
  private final FairLoops loops;
  private final WaitingTasks places;
  private final int component;
  private final int start;

  /** The step by which a place was found, and the place before it. */
  private final int[] byStep;

  private final int[] before;
  private final IntArrayList path = new IntArrayList();

  /** The processes of which the loop must still have a step. */
  private int owed;

  /** Those that it must still find with nobody waiting for them. */
  private int asked;

  /** Those that it must still find running nobody, or switching. */
  private int hogs;

  LoopPath(TaskGraph graph, FairLoops loops, Allowance allowance) {
    this.graph = graph;
    this.loops = loops;
    places = loops.places();
    start = loops.first();
    component = loops.components().of(start);
    allowance.take(2L * Integer.BYTES * places.size());
    byStep = new int[places.size()];
    before = new int[places.size()];
    owed = loops.mustStepOnce(component);
    asked = loops.mustBeFreeOnce(component);
    hogs = loops.mustNotHog(component);
  }

  /** The steps of the loop, by their ordinals; none if nobody can step there. */
  int[] ordinals() {
    int at = start;
    visit(at);
    while (owed != 0 || asked != 0 || hogs != 0) {
      at = walk(at, false);
    }
    if (at != start) {
      walk(at, true);
    }
    return path.toIntArray();
  }

  private void visit(int place) {
    asked &= graph.asked(places.state(place));
    hogs &= graph.busy(places.state(place));
  }

  /** To the nearest step or place that is of use, or home. Returns where it ends. */
  private int walk(int from, boolean home) {
    Arrays.fill(byStep, UNSEEN);
    IntArrayList open = new IntArrayList();
    open.add(from);
    for (int i = 0; i < open.size(); i++) {
      int place = open.getInt(i);
      int s = places.state(place);
      for (int step = graph.firstStep(s); step < graph.firstStep(s + 1); step++) {
        int next = places.after(place, step);
        if (next == WaitingTasks.NONE || loops.components().of(next) != component) {
          continue;
        }
        if (home ? next == start : isOfUse(s, step, next)) {
          take(from, place, step);
          owed &= ~(1 << graph.process(step));
          hogs &= graph.switches(s, step) ? ~(1 << graph.process(step)) : -1;
          visit(next);
          return next;
        }
        if (byStep[next] == UNSEEN && next != from) {
          byStep[next] = step;
          before[next] = place;
          open.add(next);
        }
      }
    }
    throw new IllegalStateException("a component is not strongly connected");
  }

  private boolean isOfUse(int state, int step, int next) {
    return (owed & 1 << graph.process(step)) != 0
        || (asked & ~graph.asked(places.state(next))) != 0
        || (hogs & ~graph.busy(places.state(next))) != 0
        || (hogs & 1 << graph.process(step)) != 0 && graph.switches(state, step);
  }

  /** Adds the steps from one place to another, and one more. */
  private void take(int from, int to, int last) {
    int at = path.size();
    path.add(last - graph.firstStep(places.state(to)));
    for (int place = to; place != from; place = before[place]) {
      path.add(at, byStep[place] - graph.firstStep(places.state(before[place])));
    }
  }
}
