package dev.kstack.checks.explore;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Arrays;

/** New names for tasks and frames: index is the old name, content the new one; 0 stays 0. */
final class Renaming {
  final int[] task;
  final int[] frame;

  Renaming(int tasks, int frames) {
    task = new int[tasks + 1];
    frame = new int[frames + 1];
    identity();
  }

  /** Other names for all, which follow from the number. Where there are two, none keeps its own. */
  static Renaming drawn(Layout layout, long number) {
    Renaming drawn = new Renaming(layout.tasks(), layout.frames());
    shuffle(drawn.task, number);
    shuffle(drawn.frame, ~number);
    return drawn;
  }

  private static void shuffle(int[] names, long number) {
    long random = number;
    for (int i = names.length - 1; i > 1; i--) {
      random = Mix.mix(random + Mix.GOLDEN);
      int j = 1 + (int) Long.remainderUnsigned(random, i - 1);
      int name = names[i];
      names[i] = names[j];
      names[j] = name;
    }
  }

  void identity() {
    for (int i = 0; i < task.length; i++) {
      task[i] = i;
    }
    for (int i = 0; i < frame.length; i++) {
      frame[i] = i;
    }
  }

  int apply(WordType type, int value) {
    return switch (type) {
      case NONE, NUMBER, BOOLEAN -> value;
      case TASK -> task[value];
      case FRAME -> frame[value];
      case PTE -> Pte.of(frame[Pte.frame(value)], value & Pte.FLAGS);
      case TASKS -> tasks(value);
      case FRAMES -> frames(value);
    };
  }

  /** Is the one the name of the other, or no value of the type at all? */
  boolean isName(WordType type, int value, int other) {
    boolean none =
        switch (type) {
          case NONE, NUMBER, BOOLEAN -> false;
          case TASK -> value < 0 || value >= task.length;
          case FRAME -> value < 0 || value >= frame.length;
          case PTE -> value < 0 || Pte.frame(value) >= frame.length;
          case TASKS -> value >>> task.length - 1 != 0;
          case FRAMES -> value >>> frame.length != 0;
        };
    return none || apply(type, value) == other;
  }

  /** Does the other word belong to the task that this one's is called now, and is it the same? */
  boolean isName(Word word, Word other) {
    int moved = other.column() - word.column();
    return word.column() == 0
        ? other == word
        : other.column() == task[word.column()]
            && other.index() - word.index() == moved * word.layout().columnLongs()
            && other.shift() == word.shift();
  }

  int tasks(int set) {
    int renamed = 0;
    for (int rest = set; rest != 0; rest &= rest - 1) {
      renamed |= 1 << (task[Integer.numberOfTrailingZeros(rest) + 1] - 1);
    }
    return renamed;
  }

  int frames(int set) {
    int renamed = 0;
    for (int rest = set; rest != 0; rest &= rest - 1) {
      renamed |= 1 << frame[Integer.numberOfTrailingZeros(rest)];
    }
    return renamed;
  }

  /** This first, then the other. */
  void then(Renaming other) {
    for (int i = 0; i < task.length; i++) {
      task[i] = other.task[task[i]];
    }
    for (int i = 0; i < frame.length; i++) {
      frame[i] = other.frame[frame[i]];
    }
  }

  boolean sameAs(Renaming other) {
    return Arrays.equals(task, other.task) && Arrays.equals(frame, other.frame);
  }

  /** The renaming that undoes this one. */
  Renaming inverse() {
    Renaming inverse = new Renaming(task.length - 1, frame.length - 1);
    for (int i = 0; i < task.length; i++) {
      inverse.task[task[i]] = i;
    }
    for (int i = 0; i < frame.length; i++) {
      inverse.frame[frame[i]] = i;
    }
    return inverse;
  }
}
