package dev.kstack.checks.explore;

import dev.kstack.model.machine.Pte;
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
