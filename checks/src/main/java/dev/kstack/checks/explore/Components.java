package dev.kstack.checks.explore;

import java.util.Arrays;

/**
 * The strongly connected components of the places that are not removed, each with a number (Tarjan,
 * Depth-first search and linear graph algorithms, 1972; without recursion).
 */
final class Components {
  private static final int UNSEEN = 0;

  private final TaskGraph graph;
  private final WaitingTasks places;
  private final int[] component;
  private final int[] index;
  private final int[] low;
  private final int[] nextStep;
  private final int[] stack;
  private final int[] path;
  private int stacked;
  private int found;
  private int count;

  static long bytes(int places) {
    return 6L * Integer.BYTES * places;
  }

  Components(TaskGraph graph, WaitingTasks places) {
    this.graph = graph;
    this.places = places;
    component = new int[places.size()];
    Arrays.fill(component, WaitingTasks.NONE);
    index = new int[places.size()];
    low = new int[places.size()];
    nextStep = new int[places.size()];
    stack = new int[places.size()];
    path = new int[places.size()];
    for (int place = 0; place < places.size(); place++) {
      if (!places.removed(place) && index[place] == UNSEEN) {
        search(place);
      }
    }
  }

  int count() {
    return count;
  }

  /** The number of the place's component; {@link WaitingTasks#NONE} if it was removed. */
  int of(int place) {
    return component[place];
  }

  /**
   * A place is on the stack from when it is found until its component is known; its number is then
   * the lowest that is known to be reached from it.
   */
  private void search(int root) {
    int depth = 0;
    path[0] = root;
    open(root);
    while (depth >= 0) {
      int place = path[depth];
      int state = places.state(place);
      if (nextStep[place] < graph.firstStep(state + 1)) {
        int next = places.after(place, nextStep[place]++);
        if (next == WaitingTasks.NONE || component[next] != WaitingTasks.NONE) {
          continue;
        }
        if (index[next] == UNSEEN) {
          open(next);
          path[++depth] = next;
        } else {
          low[place] = Math.min(low[place], low[next]);
        }
      } else {
        depth--;
        if (depth >= 0) {
          low[path[depth]] = Math.min(low[path[depth]], low[place]);
        }
        close(place);
      }
    }
  }

  private void open(int place) {
    index[place] = ++found;
    low[place] = found;
    nextStep[place] = graph.firstStep(places.state(place));
    stack[stacked++] = place;
  }

  /** If nothing before it is reached from it, all that was found after it is its component. */
  private void close(int place) {
    int at = stacked - 1;
    if (low[place] != index[place]) {
      return;
    }
    while (stack[at] != place) {
      component[stack[at--]] = count;
    }
    component[place] = count++;
    stacked = at;
  }
}
