package dev.kstack.checks.explore;

import java.util.Arrays;

/**
 * The strongly connected components of the places that are not removed, each with a number, in the
 * order in which a depth-first search leaves the first place of each (Pearce, A space-efficient
 * algorithm for finding strongly connected components, 2016; without recursion).
 */
final class Components {
  private static final int UNSEEN = 0;

  /** What {@link #index} says of the places of component 0; those of the next have one less. */
  private static final int FIRST = Integer.MAX_VALUE;

  private final TaskGraph graph;
  private final WaitingTasks places;

  /**
   * Places are numbered from 1 as they are found. Of one whose component is not known, the least
   * number that it is known to reach; else {@link #FIRST} less its component.
   */
  private final int[] index;

  /**
   * A bit for each of the places on the path that are not known to reach one before them. (A BitSet
   * looks for its last bit whenever one is cleared.)
   */
  private final long[] roots;

  private final int[] nextStep;

  /**
   * From below, the path to the place that is looked at; from above, those that were left before
   * their component was known. No place is in both, so the two never meet.
   */
  private final int[] stacks;

  private int path;
  private int left;
  private int found;
  private int count;

  static long bytes(int places) {
    return 3L * Integer.BYTES * places + places / Byte.SIZE;
  }

  Components(TaskGraph graph, WaitingTasks places) {
    this.graph = graph;
    this.places = places;
    index = new int[places.size()];
    roots = new long[(places.size() >>> 6) + 1];
    nextStep = new int[places.size()];
    stacks = new int[places.size()];
    find();
  }

  /** Finds them anew, after places were removed. */
  void find() {
    Arrays.fill(index, UNSEEN);
    left = stacks.length;
    found = 0;
    count = 0;
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
    return index[place] == UNSEEN ? WaitingTasks.NONE : FIRST - index[place];
  }

  private void search(int root) {
    open(root);
    while (path > 0) {
      int place = stacks[path - 1];
      if (nextStep[place] < graph.firstStep(places.state(place) + 1)) {
        int next = places.after(place, nextStep[place]++);
        if (next != WaitingTasks.NONE && index[next] == UNSEEN) {
          open(next);
        } else if (next != WaitingTasks.NONE) {
          reaches(place, next);
        }
      } else {
        path--;
        close(place);
        if (path > 0) {
          reaches(stacks[path - 1], place);
        }
      }
    }
  }

  private void open(int place) {
    index[place] = ++found;
    roots[place >>> 6] |= 1L << place;
    nextStep[place] = graph.firstStep(places.state(place));
    stacks[path++] = place;
  }

  /** If the component of the other is known, it is not this one's, and its index is not less. */
  private void reaches(int place, int other) {
    if (index[other] < index[place]) {
      index[place] = index[other];
      roots[place >>> 6] &= ~(1L << place);
    }
  }

  /** If nothing before it is reached from it, all that was left after it is its component. */
  private void close(int place) {
    if ((roots[place >>> 6] >>> place & 1) == 0) {
      stacks[--left] = place;
      return;
    }
    int component = FIRST - count++;
    while (left < stacks.length && index[stacks[left]] >= index[place]) {
      index[stacks[left++]] = component;
    }
    index[place] = component;
  }
}
