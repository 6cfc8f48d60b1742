package dev.kstack.checks.explore;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a process treats tasks and frames alike: what it wants after it has observed something is
 * what it wants after it has observed the same under other names, under these names. A search that
 * takes states for one which differ in names only relies on that, and asks it of every point of a
 * process's code that it meets; so also of those that come after a choice of which it tries one
 * representative.
 */
final class ProcessSymmetry {
  private final Layout layout;
  private final Process process;
  private final ReplayMachine machine;

  ProcessSymmetry(Layout layout, Process process) {
    this.layout = layout;
    this.process = process;
    machine = new ReplayMachine(layout, process, (observed, length) -> true);
  }

  /**
   * Asks it of a point.
   *
   * @param hash what draws the other names
   * @throws ModelError if it does not
   */
  void require(Op op, int local, long[] observed, long hash) {
    require(op, local, observed, Renaming.drawn(layout, hash));
  }

  /** Asks it of a point. Returns what was observed, under the other names. */
  long[] require(Op op, int local, long[] observed, Renaming names) {
    long[] renamed = observed.clone();
    boolean same = true;
    for (int i = 0; i < renamed.length; i++) {
      if (!History.isMark(renamed[i])) {
        WordType type = History.type(renamed[i]);
        renamed[i] = History.entry(type, names.apply(type, History.value(renamed[i])));
        same &= renamed[i] == observed[i];
      }
    }
    if (same) { // it wants the same for sure
      requireSame(op, op, observed, names);
      return renamed;
    }
    Op other;
    try {
      machine.replay(local, renamed, renamed.length);
      other = Arrays.equals(renamed, machine.history()) ? machine.pending() : null;
    } catch (ModelError e) {
      other = null; // it takes another way, on which so much is not observed
    }
    requireSame(op, other, observed, names);
    return renamed;
  }

  private void requireSame(Op op, @Nullable Op other, long[] observed, Renaming names) {
    if (other == null || !op.sameUnder(names, other)) {
      throw error(op, other, observed, names);
    }
  }

  private ModelError error(Op op, @Nullable Op other, long[] observed, Renaming names) {
    String instead = other == null ? "something else" : Run.Recorder.notation(other, 0);
    return new ModelError(
        "%s treats tasks or frames differently by their names, at %s:%d: use choices and sets (%s wants %s, and with %s it wants %s)"
            .formatted(
                process.name(),
                op.site().file(),
                op.site().line(),
                op.site().function(),
                Run.Recorder.notation(op, 0),
                inWords(observed, names),
                instead));
  }

  /** The other names of what it knows; if that is nothing, of all. */
  private String inWords(long[] observed, Renaming names) {
    int knownTasks = 0;
    int knownFrames = 0;
    for (long entry : History.names(observed)) {
      int value = History.value(entry);
      switch (History.type(entry)) {
        case TASK -> knownTasks |= 1 << value - 1;
        case TASKS -> knownTasks |= value;
        case FRAME -> knownFrames |= 1 << value;
        case FRAMES -> knownFrames |= value;
        case NONE, NUMBER, BOOLEAN, PTE -> {}
      }
    }
    boolean all = knownTasks == 0 && knownFrames == 0;
    List<String> words = new ArrayList<>();
    for (int task = 1; task < names.task.length; task++) {
      if (all || (knownTasks >>> task - 1 & 1) != 0) {
        add(words, WordType.TASK, task, names.task[task]);
      }
    }
    for (int frame = 1; frame < names.frame.length; frame++) {
      if (all || (knownFrames >>> frame & 1) != 0) {
        add(words, WordType.FRAME, frame, names.frame[frame]);
      }
    }
    return String.join(", ", words);
  }

  private void add(List<String> words, WordType type, int from, int to) {
    if (from != to) {
      words.add("%s for %s".formatted(layout.show(type, to), layout.show(type, from)));
    }
  }
}
