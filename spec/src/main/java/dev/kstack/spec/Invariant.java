package dev.kstack.spec;

import static dev.kstack.spec.Page.ACCESSED;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * What is true of every state of the abstract machine, whatever allowed actions led to it. They are
 * inductive: tests show that every state that satisfies them, with every allowed action, leads to
 * one that does.
 */
public enum Invariant {
  RUNS_FULLY_MAPPED(
      "a thread that is current on a CPU has all its pages",
      s ->
          s.threads().stream()
              .allMatch(thread -> thread.phase() != Phase.ON_CPU || thread.fullyMapped())),
  ACCESSED_PAGES_ARE_THE_UPPER_ONES(
      "the accessed pages of a stack are the upper ones",
      s -> s.threads().stream().allMatch(Invariant::usedFromTheTop)),
  EXITED_THREADS_HAVE_ACCESSED_NOTHING(
      "a stack that nobody has holds nothing that anybody accessed",
      s ->
          s.threads().stream()
              .allMatch(thread -> !thread.isExited() || !thread.stack().contains(ACCESSED))),
  FRAMES_ARE_CONSERVED(
      "every frame is free, mapped in one page, or used by others",
      s ->
          s.free() >= 0
              && s.others() >= 0
              && s.free() + s.others() + s.threads().stream().mapToInt(ThreadState::mapped).sum()
                  == s.frames());

  private final String meaning;
  private final Predicate<StackSystem> predicate;

  Invariant(String meaning, Predicate<StackSystem> predicate) {
    this.meaning = meaning;
    this.predicate = predicate;
  }

  public boolean holdsIn(StackSystem s) {
    return predicate.test(s);
  }

  /** One line: what is true. */
  public String meaning() {
    return meaning;
  }

  /** As reports write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The rule of the proposal, of a step: a page that was accessed stays so, unless its thread
   * exits. "They're never reclaimed after being accessed, only before."
   */
  public static boolean accessedPageKept(StackSystem before, StackSystem after) {
    for (int thread = 1; thread <= before.threads().size(); thread++) {
      for (int page = 0; page < before.thread(thread).stack().size(); page++) {
        if (before.page(thread, page) == ACCESSED
            && after.page(thread, page) != ACCESSED
            && after.thread(thread).phase() != Phase.EXITED) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean usedFromTheTop(ThreadState thread) {
    for (int page = 0; page + 1 < thread.stack().size(); page++) {
      if (thread.stack().get(page) == ACCESSED && thread.stack().get(page + 1) != ACCESSED) {
        return false;
      }
    }
    return true;
  }
}
