package dev.kstack.checks.explore;

/**
 * The orders of tasks that steps lead to, a number each: a state has canonical names, and under
 * which one a task goes on is part of the step.
 */
final class Permutations {
  /** More tasks have more orders than an edge has room for. */
  static final int MAX_TASKS = 6;

  /** Every task keeps its name. */
  static final int IDENTITY = 0;

  private static final int BITS = 3;

  private final int tasks;
  private final int fieldBits;
  private final int[] numbers;
  private final int[][] images;
  private final byte[][] origins;
  private final byte[][] originsInByte;
  private int size;

  Permutations(int tasks) {
    this.tasks = tasks;
    fieldBits = tasks == 1 ? 1 : Integer.highestOneBit(tasks - 1) << 1;
    numbers = new int[1 << BITS * tasks];
    int orders = 1;
    for (int i = 2; i <= tasks; i++) {
      orders *= i;
    }
    images = new int[orders][];
    origins = new byte[orders][];
    originsInByte = new byte[orders][];
    addAll(new int[tasks + 1], 1, 0);
  }

  /** All that begin so, the least first, so that identity is the first of all. */
  private void addAll(int[] names, int task, int taken) {
    if (task > tasks) {
      numbers[key(names)] = size;
      add(names);
      return;
    }
    for (int name = 1; name <= tasks; name++) {
      if ((taken >>> name & 1) == 0) {
        names[task] = name;
        addAll(names, task + 1, taken | 1 << name);
      }
    }
  }

  /** An order in one number. Index is the old name (1 up), content the new one. */
  static int key(int[] names) {
    int key = 0;
    for (int task = 1; task < names.length; task++) {
      key = key << BITS | names[task];
    }
    return key;
  }

  /** The number of an order, by its {@link #key}. */
  int number(int key) {
    return numbers[key];
  }

  private void add(int[] names) {
    byte[] before = new byte[1 << tasks];
    for (int set = 0; set < 1 << tasks; set++) {
      for (int task = 1; task <= tasks; task++) {
        before[set] |= (byte) ((set >>> names[task] - 1 & 1) << task - 1);
      }
    }
    byte[] ofByte = new byte[1 << Byte.SIZE];
    for (int fields = 0; fields < 1 << Byte.SIZE; fields++) {
      for (int at = 0; at < Byte.SIZE; at += fieldBits) {
        ofByte[fields] |= (byte) (before[fields >>> at & (1 << tasks) - 1] << at);
      }
    }
    images[size] = names.clone();
    origins[size] = before;
    originsInByte[size++] = ofByte;
  }

  /**
   * Of so many bits is a field that has a set of tasks: a power of 2, so that bytes have wholes.
   */
  int fieldBits() {
    return fieldBits;
  }

  /** The {@link #origins} of each of the sets that an int has in fields. */
  int originsOfEach(int number, int fields) {
    if (number == IDENTITY) {
      return fields;
    }
    byte[] ofByte = originsInByte[number];
    return ofByte[fields & 0xff] & 0xff
        | (ofByte[fields >>> 8 & 0xff] & 0xff) << 8
        | (ofByte[fields >>> 16 & 0xff] & 0xff) << 16
        | ofByte[fields >>> 24] << 24;
  }

  /** The name of the task after the step. */
  int image(int number, int task) {
    return images[number][task];
  }

  /** Of tasks that are named as after the step, the names before it. Sets: bit t-1 is task t. */
  int origins(int number, int set) {
    return origins[number][set];
  }
}
