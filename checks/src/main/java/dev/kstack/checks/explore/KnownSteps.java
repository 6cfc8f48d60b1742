package dev.kstack.checks.explore;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Word;
import java.util.Arrays;

/**
 * What the steps of a process from a node did before, by the values of the words that they read.
 * Which word is read first follows from the node; which one next, from the value of the first; and
 * so on to the end, when all that the steps do is decided. So for each node there is a tree of the
 * words that were read, with an outcome at the end of each path, and steps whose outcome is known
 * are not taken again, operation by operation. Where a path does not branch yet, its tests stand
 * one behind the other, each with the only value that was met. A process sees little of a state: on
 * a design with a million states there are ten thousand outcomes, after five words on average.
 */
final class KnownSteps implements Memory.Reader {
  /** No such values were met yet. */
  static final int UNKNOWN = 0;

  /** What is done does not follow from the words alone. */
  static final int NOT_FROM_WORDS = 1;

  /** Instead of a lock's holder: the step is possible in any case. */
  static final int ANY_CASE = -1;

  /** Wider words are tested so many bits at a time, each test being a table of all values. */
  private static final int TEST_BITS = 6;

  /** Of the tree, in ints; and of the outcomes, in longs. When one is reached, no more is kept. */
  private static final int MOST_OF_TREE = 1 << 23;

  private static final int MOST_OF_OUTCOMES = 1 << 22;

  private static final int FIRST_LENGTH = 1 << 10;

  private static final int UNTOUCHED = 1;
  private static final int FATAL = 2;
  private static final int FLAG_BITS = 2;

  /** A step is its node and flags, the lock's holder, what was raised; then what words change. */
  private static final int HEADER = 3;

  private final int words;
  private final int stepLongs;

  /**
   * Per process, twice per node: where in the tree it says how the node's own tree begins, if
   * choices led to the node and if not. What it says there is the place of a test, or an outcome as
   * a negative number.
   */
  private final int[][] roots;

  /**
   * Tests, each followed by where to go for each value; and paths, as {@code ~tests}, followed by
   * as many tests, each with its value, and by where to go then.
   */
  private int[] tree = new int[FIRST_LENGTH];

  private int treeLength = 1;

  /** Each a number of steps, then the steps; or {@code ~node}, where the node has offers. */
  private long[] outcomes = new long[FIRST_LENGTH];

  private int outcomesLength = NOT_FROM_WORDS + 1;

  // What is being recorded: where its tree begins, the words as they were at first, the tests of
  // what was read, and all bits of these.
  private int root;
  private final long[] before;
  private int[] tests = new int[FIRST_LENGTH];
  private int testsLength;
  private final long[] tested;
  private int outcomesEnd;

  KnownSteps(int words, int processes) {
    this.words = words;
    stepLongs = HEADER + words;
    roots = new int[processes][0];
    before = new long[words];
    tested = new long[words];
  }

  /**
   * What a process does from a node.
   *
   * @param chose whether choices led to the node, and are part of the steps
   * @return the outcome, or {@link #UNKNOWN}, or {@link #NOT_FROM_WORDS}
   */
  int find(int ofProcess, int node, boolean chose, long[] state) {
    int[] ofNodes = roots[ofProcess];
    int number = 2 * node + (chose ? 1 : 0);
    int at = number < ofNodes.length ? tree[ofNodes[number]] : UNKNOWN;
    while (at > 0) {
      int test = tree[at];
      at = test < 0 ? endOfPath(at, state) : tree[at + 1 + value(test, state)];
    }
    return -at;
  }

  private int endOfPath(int path, long[] state) {
    int end = path + 1 + 2 * ~tree[path];
    for (int i = path + 1; i < end; i += 2) {
      if (value(tree[i], state) != tree[i + 1]) {
        return UNKNOWN;
      }
    }
    return tree[end];
  }

  /** A test is the index of a long, a number of bits, and how far up they are. */
  private static int test(int index, int bits, int shift) {
    return index << 16 | bits << 8 | shift;
  }

  private static int value(int test, long[] state) {
    return (int) (state[test >>> 16] >>> test) & (1 << (test >>> 8 & 0xff)) - 1;
  }

  /** Is there room to record? */
  boolean hasRoom() {
    return treeLength < MOST_OF_TREE && outcomesLength < MOST_OF_OUTCOMES;
  }

  /** From now on, what the process does from the node is recorded. */
  void begin(int ofProcess, int node, boolean chose, long[] state) {
    root = root(ofProcess, 2 * node + (chose ? 1 : 0));
    System.arraycopy(state, 0, before, 0, words);
    Arrays.fill(tested, 0);
    testsLength = 0;
    outcomesEnd = outcomesLength;
    append(0);
  }

  private int root(int process, int number) {
    int[] ofNodes = roots[process];
    if (number >= ofNodes.length) {
      ofNodes = Arrays.copyOf(ofNodes, 2 * (number + 1));
      roots[process] = ofNodes;
    }
    if (ofNodes[number] == 0) {
      ofNodes[number] = reserve(1);
    }
    return ofNodes[number];
  }

  @Override
  public void reads(Word word) {
    long bits = word.mask() << word.shift();
    if ((bits & ~tested[word.index()]) != 0) {
      tested[word.index()] |= bits;
      for (int from = 0; from < word.bits(); from += TEST_BITS) {
        if (testsLength == tests.length) {
          tests = Arrays.copyOf(tests, 2 * testsLength);
        }
        tests[testsLength++] =
            test(word.index(), Math.min(TEST_BITS, word.bits() - from), word.shift() + from);
      }
    }
  }

  /**
   * One more step.
   *
   * @param node where the process is after it
   * @param holder if it is possible only while this process is stuck; or {@link #ANY_CASE}
   * @param untouched whether no word was changed, not even back
   */
  void add(int node, int holder, boolean untouched, Memory memory, long[] working) {
    outcomes[outcomesLength]++;
    append(
        (long) node << FLAG_BITS | (untouched ? UNTOUCHED : 0) | (memory.panicked() ? FATAL : 0));
    append(holder);
    append(memory.raised());
    for (int i = 0; i < words; i++) {
      append(working[i] ^ before[i]);
    }
  }

  private void append(long value) {
    if (outcomesEnd == outcomes.length) {
      outcomes = Arrays.copyOf(outcomes, 2 * outcomesEnd);
    }
    outcomes[outcomesEnd++] = value;
  }

  /** All steps are recorded. */
  void end() {
    enter(outcomesLength);
    outcomesLength = outcomesEnd;
  }

  /** Nothing was done but to read, and the ways on from the node are offered. */
  void endAtOffers(int node) {
    outcomes[outcomesLength] = ~node;
    end();
  }

  /** What comes next does not follow from the words alone. */
  void abandon() {
    enter(NOT_FROM_WORDS);
  }

  private void enter(int outcome) {
    int at = root;
    int next = 0;
    while (tree[at] != UNKNOWN) {
      int place = tree[at];
      if (place < 0 || next == testsLength) {
        throw notFromWords();
      }
      if (tree[place] < 0) {
        int met = met(place, next);
        next += met;
        if (met == ~tree[place]) {
          at = place + 1 + 2 * met;
          continue;
        }
        place = split(at, place, met);
      }
      if (next == testsLength || tree[place] != tests[next]) {
        throw notFromWords();
      }
      at = place + 1 + value(tests[next++], before);
    }
    int rest = testsLength - next;
    int end = rest == 0 ? at : path(at, next);
    tree[end] = -outcome;
  }

  /** The tests that are still to come, one behind the other. Returns where it says what follows. */
  private int path(int at, int first) {
    int rest = testsLength - first;
    int path = reserve(2 + 2 * rest);
    tree[at] = path;
    tree[path] = ~rest;
    for (int i = 0; i < rest; i++) {
      tree[path + 1 + 2 * i] = tests[first + i];
      tree[path + 2 + 2 * i] = value(tests[first + i], before);
    }
    return path + 1 + 2 * rest;
  }

  /** How many tests of the path have the values that are recorded, from the next one on. */
  private int met(int path, int next) {
    int met = 0;
    while (met < ~tree[path] && next + met < testsLength) {
      int test = tests[next + met];
      if (tree[path + 1 + 2 * met] != test) {
        throw notFromWords();
      }
      if (tree[path + 2 + 2 * met] != value(test, before)) {
        break;
      }
      met++;
    }
    return met;
  }

  /**
   * Now another value is met: the test gets a table of all, between the path to it and the path
   * from it, which both stay where they are.
   */
  private int split(int at, int path, int met) {
    int test = tree[path + 1 + 2 * met];
    int value = tree[path + 2 + 2 * met];
    int rest = ~tree[path] - met - 1;
    int table = reserve(1 + (1 << (test >>> 8 & 0xff)));
    tree[table] = test;
    if (rest == 0) {
      tree[table + 1 + value] = tree[path + 3 + 2 * met];
    } else {
      tree[table + 1 + value] = path + 2 + 2 * met;
      tree[path + 2 + 2 * met] = ~rest;
    }
    if (met == 0) {
      tree[at] = table;
    } else {
      tree[path] = ~met;
      tree[path + 1 + 2 * met] = table;
    }
    return table;
  }

  private static ModelError notFromWords() {
    return new ModelError("an instruction, watcher or rule looks at more than the memory");
  }

  private int reserve(int length) {
    int at = treeLength;
    treeLength += length;
    if (treeLength > tree.length) {
      tree = Arrays.copyOf(tree, 2 * treeLength);
    }
    return at;
  }

  /** How many steps an outcome has; or, as {@code ~node}, the node whose offers come next. */
  int steps(int outcome) {
    return (int) outcomes[outcome];
  }

  /** Where one of them stands: what the following methods ask for. */
  int step(int outcome, int number) {
    return outcome + 1 + number * stepLongs;
  }

  int node(int step) {
    return (int) (outcomes[step] >>> FLAG_BITS);
  }

  boolean untouched(int step) {
    return (outcomes[step] & UNTOUCHED) != 0;
  }

  int holder(int step) {
    return (int) outcomes[step + 1];
  }

  /** Makes the words of the state what they are after the step. */
  void apply(int step, long[] working, Memory memory) {
    for (int i = 0; i < words; i++) {
      working[i] ^= outcomes[step + HEADER + i];
    }
    memory.clearRaised();
    if ((outcomes[step] & FATAL) != 0) {
      memory.panic(outcomes[step + 2]);
    } else {
      memory.raise(outcomes[step + 2]);
    }
  }
}
