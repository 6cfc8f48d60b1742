package dev.kstack.checks.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a level: some states that stand one behind the other, and in order what their steps
 * lead to. One worker expands it, several look up its steps, each those that fall to it, and again
 * one admits the states that are new. It is used again and again, so that nothing is allocated.
 */
final class Batch {
  static final int STATES = 128;

  /** The state of a step is not here: its fingerprint is known already. */
  static final int NONE = -1;

  /**
   * A claim was raised.
   *
   * @param order of what is raised in this batch, the first counts
   * @param at the number of the state
   * @param byStep the step of it; -1 if it is the state itself
   */
  record Raised(int order, long claims, int at, int byStep) {}

  private final int longs;

  /** Where in the level it begins, the number of that state, and how many there are. */
  int from;

  int firstNumber;
  int count;
  long transitions;

  /** Of each state, where its steps end. */
  final int[] ends = new int[STATES];

  /** Of each step: whose, by its place here; its ordinal; who takes it; the names of tasks. */
  int size;

  int[] parents = new int[STATES];
  int[] ordinals = new int[STATES];
  int[] processes = new int[STATES];
  int[] names = new int[STATES];

  /** The number of the state that it leads to, or {@link TaskGraph#NOWHERE}; see {@link #tag}. */
  int[] targets = new int[STATES];

  long[] fingerprints = new long[STATES];

  /** Where in {@link #states} that state is, or {@link #NONE}. */
  int[] at = new int[STATES];

  long[] states;
  private int statesLength;

  /** The steps that led to states that are new; their states have numbers one behind the other. */
  int[] fresh = new int[STATES];

  int freshCount;
  int firstFresh;

  /** Of each new state, what {@link TaskGraph#state} is told. */
  int[] taskSets = new int[STATES];

  int[] processSets = new int[STATES];

  final List<Raised> raised = new ArrayList<>();

  /** The claims that were raised before it; and those raised by its steps as well. */
  long found;

  long heard;

  @Nullable Throwable failure;

  Batch(int longs) {
    this.longs = longs;
    states = new long[STATES * longs];
  }

  void begin(int fromState, int number, int states, long foundBefore) {
    from = fromState;
    firstNumber = number;
    count = states;
    transitions = 0;
    size = 0;
    statesLength = 0;
    freshCount = 0;
    found = foundBefore;
    heard = foundBefore;
    raised.clear();
    failure = null;
  }

  /** A step to a state whose number is known, or to nowhere. */
  void leads(int parent, int process, int namesThere, int target) {
    next(parent, 0, process, namesThere, 0);
    at[size - 1] = NONE;
    targets[size - 1] = target;
  }

  /** A step to a state that is found by its fingerprint. */
  void leadsToKnown(int parent, int process, int namesThere, long fingerprint) {
    next(parent, 0, process, namesThere, fingerprint);
    at[size - 1] = NONE;
    targets[size - 1] = NEW;
  }

  /** A step to a state, which is copied. */
  void leadsTo(
      int parent, int ordinal, int process, int namesThere, long fingerprint, long[] state) {
    next(parent, ordinal, process, namesThere, fingerprint);
    if (statesLength + longs > states.length) {
      states = Arrays.copyOf(states, 2 * states.length);
    }
    System.arraycopy(state, 0, states, statesLength, longs);
    at[size - 1] = statesLength;
    targets[size - 1] = NEW;
    statesLength += longs;
  }

  private void next(int parent, int ordinal, int process, int namesThere, long fingerprint) {
    if (size == parents.length) {
      int longer = 2 * size;
      parents = Arrays.copyOf(parents, longer);
      ordinals = Arrays.copyOf(ordinals, longer);
      processes = Arrays.copyOf(processes, longer);
      names = Arrays.copyOf(names, longer);
      targets = Arrays.copyOf(targets, longer);
      fingerprints = Arrays.copyOf(fingerprints, longer);
      at = Arrays.copyOf(at, longer);
    }
    parents[size] = parent;
    ordinals[size] = ordinal;
    processes[size] = process;
    names[size] = namesThere;
    fingerprints[size] = fingerprint;
    size++;
  }

  /** Before it is looked up, and if it is, nobody has seen it before. */
  static final int NEW = Integer.MIN_VALUE;

  private static final int STEP_BITS = 24;

  /**
   * What stands for the number of a state as long as it has none: the step that led to it first.
   */
  static int tag(int batch, int step) {
    return -2 - (batch << STEP_BITS | step);
  }

  static boolean isTag(int target) {
    return target < TaskGraph.NOWHERE;
  }

  /** The number of the state, when it has one. */
  static int number(int target, Batch[] batches) {
    if (!isTag(target)) {
      return target;
    }
    int step = -2 - target;
    return batches[step >>> STEP_BITS].targets[step & (1 << STEP_BITS) - 1];
  }

  /** Gives numbers to the new states. Returns the next number. */
  int number(int first) {
    firstFresh = first;
    for (int step = 0; step < size; step++) {
      if (targets[step] == NEW) {
        if (freshCount == fresh.length) {
          fresh = Arrays.copyOf(fresh, 2 * freshCount);
          taskSets = Arrays.copyOf(taskSets, 2 * freshCount);
          processSets = Arrays.copyOf(processSets, 2 * freshCount);
        }
        fresh[freshCount] = step;
        targets[step] = first + freshCount++;
      }
    }
    return first + freshCount;
  }

  /** Something was raised by the step that comes next, if there is one, or before it. */
  void raisedBefore(long claims, int state, int byStep) {
    long news = claims & ~heard;
    if (news != 0) {
      heard |= news;
      raised.add(new Raised(2 * size, news, state, byStep));
    }
  }

  /** Something was raised in the new state that the step led to. */
  void raisedIn(long claims, int step, int state) {
    raised.add(new Raised(2 * step + 1, claims, state, -1));
  }

  long bytes() {
    return (long) states.length * Long.BYTES
        + (long) parents.length * (6 * Integer.BYTES + Long.BYTES);
  }
}
