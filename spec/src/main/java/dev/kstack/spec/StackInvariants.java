package dev.kstack.spec;

/** The invariants over one state. Each is the predicate of the property of the same name. */
public final class StackInvariants {
  private StackInvariants() {}

  /** {@link StackProperties#ACCESSED_PAGE_KEPT}: accessed pages are never reclaimed. */
  public static boolean accessedPageKept(StackView s) {
    for (int thread = 1; thread <= s.threads(); thread++) {
      for (int page = 0; page < s.pages(); page++) {
        if (s.accessed(thread, page) && !s.present(thread, page)) {
          return false;
        }
      }
    }
    return true;
  }

  /** {@link StackProperties#LIVE_PAGE_KEPT}: what a thread will come back to is there. */
  public static boolean livePageKept(StackView s) {
    for (int thread = 1; thread <= s.threads(); thread++) {
      for (int page = 0; page < s.pages(); page++) {
        if (s.live(thread, page) && !s.present(thread, page)) {
          return false;
        }
      }
    }
    return true;
  }

  /** {@link StackProperties#RUNS_FULLY_MAPPED}: who runs has all its pages. */
  public static boolean runsFullyMapped(StackView s) {
    for (int thread = 1; thread <= s.threads(); thread++) {
      if (s.running(thread)) {
        for (int page = 0; page < s.pages(); page++) {
          if (!s.present(thread, page)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** {@link StackProperties#FRAME_OWNERSHIP}: exactly one owner each, and no frame without one. */
  public static boolean frameOwnership(StackView s) {
    int seen = s.free();
    boolean twice = (seen & s.others()) != 0;
    seen |= s.others();
    twice |= (seen & s.moving()) != 0;
    seen |= s.moving();
    for (int thread = 1; thread <= s.threads(); thread++) {
      for (int page = 0; page < s.pages(); page++) {
        int frame = s.frame(thread, page);
        if (frame != 0) {
          twice |= (seen & (1 << frame)) != 0;
          seen |= 1 << frame;
        }
      }
    }
    int all = (2 << s.frames()) - 2;
    return !twice && seen == all;
  }
}
