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
final class Batch extends Apart {
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

  /** In the graph, the number of its first step. */
  int firstStep;

  /**
   * For each worker the steps that it looks up, and what it finds. Ahead of them stands how many
   * there are; and how many of them are new.
   */
  private final int[][] due;

  private final int[][] answers;

  /** Of each new state, what {@link TaskGraph#state} is told. */
  int[] taskSets = new int[STATES];

  int[] processSets = new int[STATES];

  final List<Raised> raised = new ArrayList<>();

  /** The claims that were raised before it; and those raised by its steps as well. */
  long found;

  long heard;

  @Nullable Throwable failure;

  Batch(int longs, int workers) {
    this.longs = longs;
    states = new long[STATES * longs];
    due = new int[workers][STATES];
    answers = new int[workers][STATES];
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
    for (int worker = 0; worker < due.length; worker++) {
      due[worker][0] = 0;
      answers[worker][0] = 0;
    }
  }

  /** A step to a state whose number is known, or to nowhere. */
  void leads(int parent, int process, int namesThere, int target) {
    next(parent, 0, process, namesThere, 0);
    at[size - 1] = NONE;
    targets[size - 1] = target;
  }

  /** A step to a state that the worker finds by its fingerprint. */
  void leadsToKnown(int parent, int process, int namesThere, long fingerprint, int worker) {
    next(parent, 0, process, namesThere, fingerprint);
    at[size - 1] = NONE;
    isDue(worker);
  }

  /** A step to a state, which is copied; the worker finds out whether it is new. */
  void leadsTo(
      int parent,
      int ordinal,
      int process,
      int namesThere,
      long fingerprint,
      long[] state,
      int worker) {
    next(parent, ordinal, process, namesThere, fingerprint);
    if (statesLength + longs > states.length) {
      states = Arrays.copyOf(states, 2 * states.length);
    }
    System.arraycopy(state, 0, states, statesLength, longs);
    at[size - 1] = statesLength;
    statesLength += longs;
    isDue(worker);
  }

  private void isDue(int worker) {
    int[] steps = due[worker];
    int last = ++steps[0];
    if (last == steps.length) {
      steps = Arrays.copyOf(steps, 2 * last);
      due[worker] = steps;
      answers[worker] = new int[2 * last];
    }
    steps[last] = size - 1;
  }

  /** The steps that the worker looks up, in order, from index 1 on; how many stands ahead. */
  int[] due(int worker) {
    return due[worker];
  }

  /** What the worker finds out of one of them, by its index there: see {@link VisitedSet#add}. */
  void answer(int worker, int index, int target) {
    answers[worker][index] = target;
    answers[worker][0] += target == NEW ? 1 : 0;
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

  /** From which number on its new states are numbered. Returns that of the next batch. */
  int numberFrom(int first) {
    firstFresh = first;
    int end = first;
    for (int[] answer : answers) {
      end += answer[0];
    }
    return end;
  }

  /** Gives numbers to the new states. */
  void number() {
    for (int worker = 0; worker < due.length; worker++) {
      for (int i = due[worker][0]; i > 0; i--) {
        targets[due[worker][i]] = answers[worker][i];
      }
    }
    for (int step = 0; step < size; step++) {
      if (targets[step] == NEW) {
        if (freshCount == fresh.length) {
          fresh = Arrays.copyOf(fresh, 2 * freshCount);
          taskSets = Arrays.copyOf(taskSets, 2 * freshCount);
          processSets = Arrays.copyOf(processSets, 2 * freshCount);
        }
        fresh[freshCount] = step;
        targets[step] = firstFresh + freshCount++;
      }
    }
  }

  /** How many steps its states have. */
  int steps() {
    return count == 0 ? 0 : ends[count - 1];
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
