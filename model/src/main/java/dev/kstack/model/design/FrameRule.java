package dev.kstack.model.design;

/** How many frames a machine has where the user does not say. */
public enum FrameRule {
  /** A frame for every page of every stack; other users may have one of them. */
  EVERY_PAGE,
  /** A frame for every page of every stack, and one that other users may have. */
  EVERY_PAGE_AND_ONE,
  /** Three of four of those that static stacks need: enough for most threads, not for all. */
  THREE_QUARTERS,
  /** As many whole stacks as there are threads, but one. */
  A_STACK_LESS,
  /** The fewest with which each thread can run while the others have only their top page. */
  SCARCEST;

  public int frames(int threads, int pages) {
    return switch (this) {
      case EVERY_PAGE -> threads * pages;
      case EVERY_PAGE_AND_ONE -> threads * pages + 1;
      case THREE_QUARTERS ->
          Math.max(SCARCEST.frames(threads, pages), (3 * threads * pages + 3) / 4);
      case A_STACK_LESS -> Math.max(1, threads - 1) * pages;
      case SCARCEST -> threads - 1 + pages;
    };
  }
}
