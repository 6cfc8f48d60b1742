package dev.kstack.checks.explore;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Every step of a search, so that it can be asked what tasks may still come to. States have the
 * numbers in the order in which they were found, which is also that in which they are expanded. The
 * steps of a state stand one behind the other, in the order of their ordinals: six bytes a step, 12
 * a state.
 */
final class TaskGraph {
  static final int MAX_PROCESSES = 16;

  /** Where a step leads after which no run goes on. */
  static final int NOWHERE = -1;

  private static final int MOST_STEPS = Integer.MAX_VALUE - 8;
  private static final int CHUNK_BITS = 16;
  private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;
  private static final int PROCESS_BITS = 4;
  private static final int SET_BITS = 8;
  private static final int SET_MASK = (1 << SET_BITS) - 1;

  private final Permutations permutations;
  private final int tasks;
  private final int processCount;
  private final Room room;
  private final IntLog firstSteps;
  private final IntLog sets;
  private final IntLog processes;
  private IntBuffer[] targets = new IntBuffer[16];
  private CharBuffer[] labels = new CharBuffer[16];
  private int steps;

  TaskGraph(int tasks, int processes, Room room) {
    this.room = room;
    this.firstSteps = new IntLog(room);
    this.sets = new IntLog(room);
    this.processes = new IntLog(room);
    this.tasks = tasks;
    this.processCount = processes;
    permutations = new Permutations(tasks);
  }

  /** Sets of tasks that live, want to run and run; and of processes that run one. */
  static int taskSets(int live, int wanting, int running, int busy) {
    return ((busy << SET_BITS | live) << SET_BITS | wanting) << SET_BITS | running;
  }

  /** Sets of processes: who is between two activations; for whom somebody waits, to answer. */
  static int processSets(int resting, int asked) {
    return resting << MAX_PROCESSES | asked;
  }

  /**
   * Makes room, so that what follows can be said by several workers, each of its own states.
   *
   * @param states so many in all
   * @param expanded so many more
   * @param newSteps so many in all
   */
  void extend(int states, int expanded, int newSteps) {
    sets.extend(states);
    processes.extend(states);
    firstSteps.extend(firstSteps.size() + expanded);
    int chunks = newSteps + CHUNK_MASK >>> CHUNK_BITS;
    if (chunks > targets.length) {
      targets = Arrays.copyOf(targets, 2 * chunks);
      labels = Arrays.copyOf(labels, 2 * chunks);
    }
    for (int chunk = steps + CHUNK_MASK >>> CHUNK_BITS; chunk < chunks; chunk++) {
      targets[chunk] = room.ints(1 << CHUNK_BITS);
      labels[chunk] = room.chars(1 << CHUNK_BITS);
    }
    steps = newSteps;
  }

  /** A state was found. */
  void state(int state, int ofTasks, int ofProcesses) {
    sets.set(state, ofTasks);
    processes.set(state, ofProcesses);
  }

  /** The steps of the state begin with this one. */
  void begin(int state, int step) {
    firstSteps.set(state, step);
  }

  /**
   * A step.
   *
   * @param target the state that it leads to, or {@link #NOWHERE}
   * @param permutation the names of tasks there
   */
  void step(int step, int process, int target, int permutation) {
    targets[step >>> CHUNK_BITS].put(step & CHUNK_MASK, target);
    labels[step >>> CHUNK_BITS].put(
        step & CHUNK_MASK, (char) (permutation << PROCESS_BITS | process));
  }

  int steps() {
    return steps;
  }

  boolean full() {
    return steps >= MOST_STEPS - (1 << CHUNK_BITS);
  }

  long bytes() {
    long chunks = (long) steps + CHUNK_MASK >>> CHUNK_BITS;
    return firstSteps.bytes()
        + sets.bytes()
        + processes.bytes()
        + room.memory((chunks << CHUNK_BITS) * (Integer.BYTES + Character.BYTES));
  }

  /** Where its tables are. */
  Room room() {
    return room;
  }

  Permutations permutations() {
    return permutations;
  }

  int tasks() {
    return tasks;
  }

  int processes() {
    return processCount;
  }

  int states() {
    return sets.size();
  }

  /** The processes that run a task in the state: bit p is process p. */
  int busy(int state) {
    return sets.get(state) >>> 3 * SET_BITS;
  }

  /** Does the process that takes the step no longer run the task that it ran before? */
  boolean switches(int state, int step) {
    int process = process(step);
    int target = target(step);
    if ((busy(state) >>> process & 1) == 0 || target == NOWHERE) {
      return false;
    }
    int before = running(state);
    int after = permutations.origins(permutation(step), running(target));
    return (before & ~after) != 0; // the others run whom they ran
  }

  /** The tasks that live in the state: bit t-1 is task t. */
  int live(int state) {
    return sets.get(state) >>> 2 * SET_BITS & SET_MASK;
  }

  /** The tasks that want to run, if they do not. */
  int wanting(int state) {
    return sets.get(state) >>> SET_BITS & SET_MASK;
  }

  /** Is the process between two activations? */
  boolean rests(int state, int process) {
    return (processes.get(state) >>> MAX_PROCESSES + process & 1) != 0;
  }

  /** The processes that are between two activations: bit p is process p. */
  int resting(int state) {
    return processes.get(state) >>> MAX_PROCESSES;
  }

  /** Does somebody wait for the process to answer? */
  boolean asked(int state, int process) {
    return (processes.get(state) >>> process & 1) != 0;
  }

  /** For whom somebody waits: bit p is process p. */
  int asked(int state) {
    return processes.get(state) & (1 << MAX_PROCESSES) - 1;
  }

  /** The tasks that run in the state. */
  int running(int state) {
    return sets.get(state) & SET_MASK;
  }

  /** The number of the state's first step. That of the next state is where its steps end. */
  int firstStep(int state) {
    return state == firstSteps.size() ? steps : firstSteps.get(state);
  }

  /** The state that the step leads to, or {@link #NOWHERE}. */
  int target(int step) {
    return targets[step >>> CHUNK_BITS].get(step & CHUNK_MASK);
  }

  /** Who takes the step. */
  int process(int step) {
    return labels[step >>> CHUNK_BITS].get(step & CHUNK_MASK) & MAX_PROCESSES - 1;
  }

  /** What tasks are called after the step. */
  int permutation(int step) {
    return labels[step >>> CHUNK_BITS].get(step & CHUNK_MASK) >>> PROCESS_BITS;
  }

  void put(CheckpointOut out) throws IOException {
    firstSteps.put(out);
    sets.put(out);
    processes.put(out);
    out.putInt(steps);
    for (int chunk = 0; chunk << CHUNK_BITS < steps; chunk++) {
      int count = Math.min(1 << CHUNK_BITS, steps - (chunk << CHUNK_BITS));
      out.putInts(targets[chunk], count);
      out.putChars(labels[chunk], count);
    }
  }

  void take(CheckpointIn in) throws IOException {
    firstSteps.take(in);
    sets.take(in);
    processes.take(in);
    steps = in.getInt();
    int chunks = steps + CHUNK_MASK >>> CHUNK_BITS;
    targets = new IntBuffer[Math.max(16, chunks)];
    labels = new CharBuffer[targets.length];
    for (int chunk = 0; chunk < chunks; chunk++) {
      int count = Math.min(1 << CHUNK_BITS, steps - (chunk << CHUNK_BITS));
      targets[chunk] = room.ints(1 << CHUNK_BITS);
      labels[chunk] = room.chars(1 << CHUNK_BITS);
      in.getInts(targets[chunk], count);
      in.getChars(labels[chunk], count);
    }
  }
}
