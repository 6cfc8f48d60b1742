package dev.kstack.checks.explore;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gives the tasks and frames of a state canonical names, so that states which differ only in names
 * become one.
 *
 * <p>Tasks are ordered by everything about them that does not name another task or a frame. Where
 * two are equal in that, every order of them is tried, and the least state is taken. Frames are
 * numbered in the order in which the PTEs and TLB entries of the tasks in that order name them,
 * then the processes' observations; frames that nothing names one by one are numbered by the sets
 * that they are in.
 *
 * <p>So two states have the same canonical form exactly if one is a renaming of the other, up to
 * the hashes of the ordering keys, which can only make two tasks look equal that are not: all
 * orders are tried then.
 */
final class Canonicalizer {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final StateFormat format;
  private final Automaton[] automata;
  private final int tasks;
  private final int frames;
  private final int columnLongs;

  /** Of each long of a task: the bits that name no frame. */
  private final long[] plain;

  /** Of each long of a task: how far up each field that names a frame is. */
  private final int[][] frameShifts;

  private final long frameMask;
  private final Word[] taskWords;
  private final Word[] taskSets;
  private final Word[] frameSets;

  /** The ordering keys of the tasks: first this, then {@link #key}. */
  private final long[] major;

  private final long[] key;
  private final int[] order;
  private final long[] best;
  private final long[] candidate;
  private final Renaming renaming;
  private final Renaming bestRenaming;
  private final long[] signature;
  private final long[][] names;
  private final int[] namer;

  /** Of each process the node that was met last, and what it names: one step changes one node. */
  private final int[] lastNode;

  private final long[][] lastNames;
  private int naming;
  private boolean haveBest;

  Canonicalizer(StateFormat format, Automaton[] automata) {
    this.format = format;
    this.automata = automata;
    Layout layout = format.layout();
    tasks = layout.tasks();
    frames = layout.frames();
    columnLongs = layout.columnLongs();
    frameMask = (1L << layout.leastBits(WordType.FRAME)) - 1;
    plain = new long[columnLongs];
    frameShifts = new int[columnLongs][];
    for (int i = 0; i < columnLongs; i++) {
      plain[i] = -1;
      frameShifts[i] = frameFields(layout, i);
      for (int shift : frameShifts[i]) {
        plain[i] &= ~(frameMask << shift);
      }
    }
    taskWords = words(layout, WordType.TASK);
    taskSets = words(layout, WordType.TASKS);
    frameSets = words(layout, WordType.FRAMES);
    requireNoSharedFrameWords(layout);
    names = new long[automata.length][];
    namer = new int[automata.length];
    lastNode = new int[automata.length];
    Arrays.fill(lastNode, -1);
    lastNames = new long[automata.length][];
    major = new long[tasks + 1];
    key = new long[tasks + 1];
    order = new int[tasks];
    best = new long[format.longs()];
    candidate = new long[format.longs()];
    renaming = new Renaming(tasks, frames);
    bestRenaming = new Renaming(tasks, frames);
    signature = new long[frames + 1];
  }

  private static int[] frameFields(Layout layout, int longOfColumn) {
    return layout.words().stream()
        .filter(w -> w.column() == 1 && w.index() == longOfColumn)
        .filter(w -> w.type() == WordType.PTE || w.type() == WordType.FRAME)
        .mapToInt(w -> w.shift() + (w.type() == WordType.PTE ? Pte.FRAME_SHIFT : 0))
        .toArray();
  }

  private static Word[] words(Layout layout, WordType type) {
    List<Word> words = new ArrayList<>();
    for (Word word : layout.words()) {
      if (word.type() == type) {
        words.add(word);
      }
    }
    return words.toArray(new Word[0]);
  }

  /** What this class does not handle because no model needs it. */
  private static void requireNoSharedFrameWords(Layout layout) {
    for (Word word : layout.words()) {
      boolean namesTasks = word.type() == WordType.TASK || word.type() == WordType.TASKS;
      boolean namesFrame = word.type() == WordType.FRAME || word.type() == WordType.PTE;
      if (word.column() == 0 && namesFrame || word.column() > 0 && namesTasks) {
        throw new ModelError(
            "%s: canonical names need frames in words of tasks, and tasks in shared words"
                .formatted(word));
      }
      if (word.column() > 0 && word.type() == WordType.FRAMES) {
        throw new ModelError(
            "%s: canonical names need sets of frames in shared words".formatted(word));
      }
    }
  }

  /**
   * Renames the state in place. {@link #renaming()} then says how.
   *
   * @return whether it is the same as before
   */
  boolean canonicalize(long[] state) {
    collectNames(state);
    computeKeys(state);
    boolean tied = sortTasks();
    if (!tied) {
      nameTasks();
      nameFrames(state);
      if (isIdentity()) {
        remember();
        return true;
      }
      write(state, renaming, candidate);
      System.arraycopy(candidate, 0, state, 0, state.length);
      remember();
      return false;
    }
    haveBest = false;
    tryOrders(state, 0);
    boolean same = Arrays.equals(best, state);
    System.arraycopy(best, 0, state, 0, state.length);
    return same;
  }

  /** The state under names that are given, and not these that are canonical. */
  long[] renamed(long[] state, Renaming names) {
    collectNames(state);
    long[] renamed = new long[state.length];
    write(state, names, renamed);
    return renamed;
  }

  /** From the names before to the names after the last call. */
  Renaming renaming() {
    return bestRenaming;
  }

  private void remember() {
    System.arraycopy(renaming.task, 0, bestRenaming.task, 0, renaming.task.length);
    System.arraycopy(renaming.frame, 0, bestRenaming.frame, 0, renaming.frame.length);
  }

  /** What the processes' observations name, most of them nothing. */
  private void collectNames(long[] state) {
    naming = 0;
    for (int p = 0; p < automata.length; p++) {
      int node = format.node(state, p);
      if (node != lastNode[p]) {
        lastNode[p] = node;
        lastNames[p] = automata[p].names(node);
      }
      long[] n = lastNames[p];
      if (n.length > 0) {
        names[naming] = n;
        namer[naming++] = p;
      }
    }
  }

  private void computeKeys(long[] state) {
    for (int t = 1; t <= tasks; t++) {
      int column = (t - 1) * columnLongs;
      // The words that were declared first count most: let them be those that change seldom.
      major[t] = columnLongs == 0 ? 0 : Long.reverse(state[column] & plain[0]);
      long k = 0;
      for (int i = 1; i < columnLongs; i++) {
        k = (k ^ state[column + i] & plain[i]) * GOLDEN;
        k ^= k >>> 29;
      }
      key[t] = k;
    }
    long place = GOLDEN;
    for (Word word : taskWords) {
      place += GOLDEN << 1;
      int task = (int) (state[word.index()] >>> word.shift() & word.mask());
      key[task] += place ^ place >>> 31;
    }
    for (Word word : taskSets) {
      place += GOLDEN << 1;
      int set = (int) (state[word.index()] >>> word.shift() & word.mask());
      for (; set != 0; set &= set - 1) {
        key[Integer.numberOfTrailingZeros(set) + 1] += place ^ place >>> 30;
      }
    }
    for (int i = 0; i < naming; i++) {
      int at = 0;
      for (long entry : names[i]) {
        long code = Mix.mix((namer[i] + 1L << 32) + ++at);
        if (History.type(entry) == WordType.TASK) {
          key[History.value(entry)] += code;
        } else if (History.type(entry) == WordType.TASKS) {
          for (int set = History.value(entry); set != 0; set &= set - 1) {
            key[Integer.numberOfTrailingZeros(set) + 1] += code;
          }
        }
      }
    }
  }

  /** Orders the tasks by their keys. Returns whether two keys are equal. */
  private boolean sortTasks() {
    boolean tied = false;
    for (int i = 0; i < tasks; i++) {
      int task = i + 1;
      int j = i;
      while (j > 0 && compare(order[j - 1], task) > 0) {
        order[j] = order[j - 1];
        j--;
      }
      order[j] = task;
      tied |= j > 0 && compare(order[j - 1], task) == 0;
    }
    return tied;
  }

  private int compare(int task, int other) {
    int c = Long.compare(major[task], major[other]);
    return c != 0 ? c : Long.compare(key[task], key[other]);
  }

  /** Tries every order of tasks with equal keys, from place {@code i} on. */
  private void tryOrders(long[] state, int i) {
    if (i >= tasks - 1) {
      nameTasks();
      nameFrames(state);
      write(state, renaming, candidate);
      if (!haveBest || less(candidate, best)) {
        haveBest = true;
        System.arraycopy(candidate, 0, best, 0, best.length);
        remember();
      }
      return;
    }
    for (int j = i; j < tasks && compare(order[j], order[i]) == 0; j++) {
      swap(i, j);
      tryOrders(state, i + 1);
      swap(i, j);
    }
  }

  private void swap(int i, int j) {
    int task = order[i];
    order[i] = order[j];
    order[j] = task;
  }

  /** The words decide, then what the nodes are; never in which order nodes were found. */
  private boolean less(long[] one, long[] other) {
    for (int i = 0; i < format.words(); i++) {
      if (one[i] != other[i]) {
        return one[i] < other[i];
      }
    }
    for (int p = 0; p < automata.length; p++) {
      long a = automata[p].hash(format.node(one, p));
      long b = automata[p].hash(format.node(other, p));
      if (a != b) {
        return a < b;
      }
    }
    return false;
  }

  private void nameTasks() {
    for (int i = 0; i < tasks; i++) {
      renaming.task[order[i]] = i + 1;
    }
  }

  private void nameFrames(long[] state) {
    int[] name = renaming.frame;
    int named = 1;
    int next = 1;
    for (int i = 0; i < tasks; i++) {
      int column = (order[i] - 1) * columnLongs;
      for (int j = 0; j < columnLongs; j++) {
        long bits = state[column + j];
        if ((bits & ~plain[j]) == 0) {
          continue;
        }
        for (int shift : frameShifts[j]) {
          int frame = (int) (bits >>> shift & frameMask);
          if ((named & 1 << frame) == 0) {
            named |= 1 << frame;
            name[frame] = next++;
          }
        }
      }
    }
    for (int i = 0; i < naming; i++) {
      for (long entry : names[i]) {
        if (History.type(entry) == WordType.FRAME) {
          int frame = History.value(entry);
          if ((named & 1 << frame) == 0) {
            named |= 1 << frame;
            name[frame] = next++;
          }
        }
      }
    }
    nameBySets(state, (2 << frames) - 1 & ~named, next);
  }

  /** Frames that nothing names alone: by the sets that they are in. */
  private void nameBySets(long[] state, int rest, int firstName) {
    if (rest == 0) {
      return;
    }
    int next = firstName;
    for (int set = rest; set != 0; set &= set - 1) {
      signature[Integer.numberOfTrailingZeros(set)] = 0;
    }
    boolean alike = true;
    for (Word word : frameSets) {
      int members = get(state, word) & rest;
      if (members != 0 && members != rest) {
        alike = false;
        sign(rest, members);
      }
    }
    for (int i = 0; i < naming; i++) {
      for (long entry : names[i]) {
        if (History.type(entry) == WordType.FRAMES) {
          int members = History.value(entry) & rest;
          if (members != 0 && members != rest) {
            alike = false;
            sign(rest, members);
          }
        }
      }
    }
    for (int left = rest; left != 0; ) {
      int least = Integer.numberOfTrailingZeros(left);
      if (!alike) {
        for (int set = left; set != 0; set &= set - 1) {
          int frame = Integer.numberOfTrailingZeros(set);
          if (signature[frame] > signature[least]) {
            least = frame;
          }
        }
      }
      renaming.frame[least] = next++;
      left &= ~(1 << least);
    }
  }

  /** One more set that tells some frames apart; a hash, so that there may be any number of them. */
  private void sign(int rest, int members) {
    for (int set = rest; set != 0; set &= set - 1) {
      int frame = Integer.numberOfTrailingZeros(set);
      signature[frame] = (signature[frame] + (members >>> frame & 1)) * GOLDEN;
    }
  }

  private boolean isIdentity() {
    for (int t = 1; t <= tasks; t++) {
      if (renaming.task[t] != t) {
        return false;
      }
    }
    for (int f = 1; f <= frames; f++) {
      if (renaming.frame[f] != f) {
        return false;
      }
    }
    return true;
  }

  /** The state under the names. */
  private void write(long[] state, Renaming names, long[] out) {
    System.arraycopy(state, 0, out, 0, state.length);
    for (int t = 1; t <= tasks; t++) {
      int from = (t - 1) * columnLongs;
      int to = (names.task[t] - 1) * columnLongs;
      for (int i = 0; i < columnLongs; i++) {
        out[to + i] = renameFrames(state[from + i], i, names);
      }
    }
    for (Word word : taskWords) {
      int task = get(state, word);
      if (names.task[task] != task) {
        put(out, word, names.task[task]);
      }
    }
    for (Word word : taskSets) {
      int set = get(state, word);
      if (set != 0) {
        put(out, word, names.tasks(set));
      }
    }
    for (Word word : frameSets) {
      int set = get(state, word);
      if (set != 0) {
        put(out, word, names.frames(set));
      }
    }
    for (int i = 0; i < naming; i++) {
      int p = namer[i];
      int node = format.node(state, p);
      int renamed = automata[p].renamed(node, names);
      if (renamed != node) {
        format.setNode(out, p, renamed);
      }
    }
  }

  private long renameFrames(long bits, int longOfColumn, Renaming names) {
    if ((bits & ~plain[longOfColumn]) == 0) {
      return bits;
    }
    long renamed = bits & plain[longOfColumn];
    for (int shift : frameShifts[longOfColumn]) {
      renamed |= (long) names.frame[(int) (bits >>> shift & frameMask)] << shift;
    }
    return renamed;
  }

  private static int get(long[] state, Word word) {
    return (int) (state[word.index()] >>> word.shift() & word.mask());
  }

  private static void put(long[] state, Word word, int value) {
    state[word.index()] =
        state[word.index()] & ~(word.mask() << word.shift()) | (long) value << word.shift();
  }
}
