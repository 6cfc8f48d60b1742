package dev.kstack.checks.explore;

import java.io.IOException;
import java.util.Arrays;

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
  private final int[] numbers;
  private int[][] images = {};
  private byte[][] origins = {};
  private int size;

  Permutations(int tasks) {
    this.tasks = tasks;
    numbers = new int[1 << BITS * tasks];
    Arrays.fill(numbers, -1);
    number(key(new Renaming(tasks, 0).task));
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
    if (numbers[key] < 0) {
      int[] names = new int[tasks + 1];
      for (int task = tasks, rest = key; task > 0; task--, rest >>>= BITS) {
        names[task] = rest & (1 << BITS) - 1;
      }
      numbers[key] = add(names);
    }
    return numbers[key];
  }

  private int add(int[] names) {
    if (size == images.length) {
      images = Arrays.copyOf(images, Math.max(4, 2 * size));
      origins = Arrays.copyOf(origins, images.length);
    }
    images[size] = Arrays.copyOf(names, tasks + 1);
    origins[size] = new byte[1 << tasks];
    for (int set = 0; set < 1 << tasks; set++) {
      for (int task = 1; task <= tasks; task++) {
        if ((set >>> names[task] - 1 & 1) != 0) {
          origins[size][set] |= (byte) (1 << task - 1);
        }
      }
    }
    return size++;
  }

  /** The name of the task after the step. */
  int image(int number, int task) {
    return images[number][task];
  }

  /** Of tasks that are named as after the step, the names before it. Sets: bit t-1 is task t. */
  int origins(int number, int set) {
    return origins[number][set];
  }

  void put(CheckpointOut out) throws IOException {
    out.putInt(size);
    for (int number = 0; number < size; number++) {
      out.putInt(key(images[number]));
    }
  }

  /** They get the numbers that they had. */
  void take(CheckpointIn in) throws IOException {
    for (int left = in.getInt(); left > 0; left--) {
      number(in.getInt());
    }
  }
}
