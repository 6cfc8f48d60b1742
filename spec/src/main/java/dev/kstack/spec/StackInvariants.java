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

  /** {@link StackProperties#NEVER_DOOMED}: nobody is {@link #doomed}. */
  public static boolean neverDoomed(StackView s) {
    return doomed(s) == 0;
  }

  /**
   * The threads that can never run again while nobody dies, as a set (bit t-1 is thread t): each
   * lacks more frames than will ever be free. "A thread that ever accesses a page gets to keep it
   * forever": all other frames may come back, those never.
   */
  public static int doomed(StackView s) {
    int latched = 0;
    for (int thread = 1; thread <= s.threads(); thread++) {
      latched += latched(s, thread);
    }
    int doomed = 0;
    for (int thread = 1; thread <= s.threads(); thread++) {
      int latchedByOthers = latched - latched(s, thread);
      if (s.pages() > s.frames() - latchedByOthers) { // what it has and what it lacks
        doomed |= 1 << thread - 1;
      }
    }
    return doomed;
  }

  private static int latched(StackView s, int thread) {
    int latched = 0;
    for (int page = 0; page < s.pages(); page++) {
      latched += s.latched(thread, page) ? 1 : 0;
    }
    return latched;
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
