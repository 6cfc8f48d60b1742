package dev.kstack.checks.refine;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Observer;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.Action;
import dev.kstack.spec.Rule;
import dev.kstack.spec.StackSystem;
import dev.kstack.spec.WorstCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds each operation against the specification. An action concerns two threads at most and the
 * counts of frames, so only threads of which a word changes are looked at, and what was judged once
 * is remembered.
 */
final class Refinement implements Observer {
  private static final int COUNT_BITS = 5;
  private static final int THREAD_BITS = 19;

  private final Abstraction abstraction;
  private final WorstCase worstCase;
  private final long claim;
  private final JudgedSteps judged = new JudgedSteps();

  /** The threads whose words change in this operation, a bit each, as they were before it. */
  private int touched;

  private final int[] threadBefore;
  private boolean counted;
  private int freeBefore;
  private int othersBefore;
  private List<String> remarks = List.of();

  Refinement(Abstraction abstraction, WorstCase worstCase, long claim) {
    this.abstraction = abstraction;
    this.worstCase = worstCase;
    this.claim = claim;
    threadBefore = new int[abstraction.threads() + 1];
  }

  @Override
  public void willChange(Memory memory, Word word, int after) {
    if (!counted) {
      counted = true;
      freeBefore = abstraction.free();
      othersBefore = abstraction.others();
    }
    for (int fresh = concerned(memory, word, after) & ~touched; fresh != 0; fresh &= fresh - 1) {
      int thread = Integer.numberOfTrailingZeros(fresh);
      threadBefore[thread] = abstraction.thread(thread);
      touched |= 1 << thread;
    }
  }

  /** The threads that are no longer the same to the specification when the word has that value. */
  private static int concerned(Memory memory, Word word, int after) {
    if (word.column() > 0) {
      return 1 << word.column();
    }
    int before = memory.get(word);
    if (word.type() == WordType.TASK) {
      return (1 << before | 1 << after) & ~1; // 0 is the idle task
    }
    return word.type() == WordType.TASKS ? (before ^ after) << 1 : 0;
  }

  @Override
  public void operationEnded(Memory memory) {
    int free = abstraction.free();
    int others = abstraction.others();
    boolean changed = free != freeBefore || others != othersBefore;
    long counts = freeBefore;
    counts = counts << COUNT_BITS | free;
    counts = counts << COUNT_BITS | othersBefore;
    counts = counts << COUNT_BITS | others;
    long one = 0;
    long other = 0;
    boolean many = false;
    for (int left = touched; left != 0; left &= left - 1) {
      int thread = Integer.numberOfTrailingZeros(left);
      int after = abstraction.thread(thread);
      if (after != threadBefore[thread]) {
        many |= other != 0;
        other = one;
        one = (long) threadBefore[thread] << THREAD_BITS | after;
        changed = true;
      }
    }
    if (changed) {
      judge(memory, one << 4 * COUNT_BITS | counts, other, many, free, others);
    }
    touched = 0;
    counted = false;
  }

  private void judge(Memory memory, long one, long other, boolean many, int free, int others) {
    memory.premise(claim);
    int known = many ? JudgedSteps.UNKNOWN : judged.get(one, other);
    boolean allowed =
        known == JudgedSteps.UNKNOWN ? compare(free, others) : known == JudgedSteps.ALLOWED;
    if (!allowed) {
      memory.raise(claim);
    }
    if (known == JudgedSteps.UNKNOWN && !many) {
      judged.put(one, other, allowed);
    }
  }

  /** Is there an action that leads from what was before the operation to what is now? */
  private boolean compare(int free, int others) {
    // Threads that are not touched are left blank: what is read must follow from the operation.
    int[] before = new int[threadBefore.length];
    int[] after = new int[threadBefore.length];
    for (int left = touched; left != 0; left &= left - 1) {
      int thread = Integer.numberOfTrailingZeros(left);
      before[thread] = threadBefore[thread];
      after[thread] = abstraction.thread(thread);
    }
    StackSystem from = abstraction.system(before, freeBefore, othersBefore);
    StackSystem to = abstraction.system(after, free, others);
    List<String> refusals = new ArrayList<>();
    for (Action action : worstCase.actions(from)) {
      if (action.effect(from).equals(to)) {
        Optional<Rule> rule = action.refusedBy(from);
        if (rule.isEmpty()) {
          return true;
        }
        refusals.add(
            "to the specification it is %s, which %s refuses: %s. %s"
                .formatted(
                    action.show(Layout::taskName),
                    rule.get(),
                    rule.get().meaning(),
                    rule.get().sentence()));
      }
    }
    remarks =
        refusals.isEmpty()
            ? List.of("no action of the specification does this: " + difference(from, to))
            : refusals;
    return false;
  }

  private static String difference(StackSystem from, StackSystem to) {
    List<String> differences = new ArrayList<>();
    for (int t = 1; t <= from.threads().size(); t++) {
      if (!from.thread(t).equals(to.thread(t))) {
        differences.add(
            "%s from %s %s to %s %s"
                .formatted(
                    Layout.taskName(t),
                    from.thread(t).phase(),
                    from.thread(t).stack(),
                    to.thread(t).phase(),
                    to.thread(t).stack()));
      }
    }
    if (from.free() != to.free()) {
      differences.add("free frames from %d to %d".formatted(from.free(), to.free()));
    }
    if (from.others() != to.others()) {
      differences.add("frames of others from %d to %d".formatted(from.others(), to.others()));
    }
    return String.join(", ", differences);
  }

  @Override
  public List<String> remarks() {
    return remarks;
  }
}
