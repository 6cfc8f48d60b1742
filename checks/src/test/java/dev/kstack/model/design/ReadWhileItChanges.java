package dev.kstack.model.design;

import dev.kstack.model.kernel.Decisions;

/** Designs that nobody proposes, where a reader of stacks comes between two stores or loads. */
public final class ReadWhileItChanges {
  private ReadWhileItChanges() {}

  /** A page is there only from one store to the next, and the reader of H20 sees it then. */
  public static Decisions betweenTwoStores() {
    return new Decisions(false, new FillsAndTakesBack(), new NothingAtSwitchOut(), null)
        .with(new ReadIfPresent());
  }

  /** A is clear when the hook reads the PTE (H1), and the reader sets it before the hook stores. */
  public static Decisions betweenLoadAndStore() {
    return new Decisions(
            false, new AllOrNothing(), new ReclaimBeforeFinishTask(new PlainClear()), null)
        .with(new ReadIfPresent());
  }
}
