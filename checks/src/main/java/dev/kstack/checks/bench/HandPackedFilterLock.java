package dev.kstack.checks.bench;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;

/**
 * A breadth-first search of {@link FilterLock} that can search nothing else: a state is one long,
 * and each action a few shifts. What a search that is made for one program reaches is what ours is
 * measured by.
 */
final class HandPackedFilterLock {
  private static final int LEVEL_BITS = 3;
  private static final int PC_BITS = 2;
  private static final int PROCESS_BITS = LEVEL_BITS + PC_BITS;
  private static final long LEVEL_MASK = (1 << LEVEL_BITS) - 1;
  private static final long PC_MASK = (1 << PC_BITS) - 1;

  private static final int TRY = 0;
  private static final int SET_LAST = 1;
  private static final int PASS = 2;
  private static final int LEAVE = 3;

  private final int n;
  private final LongOpenHashSet visited = new LongOpenHashSet();
  private final LongArrayList queue = new LongArrayList();
  private long transitions;

  /** With up to 7 processes: 5 bits each, and 3 for who came last at each level. */
  HandPackedFilterLock(int n) {
    this.n = n;
  }

  void search() {
    reach(0);
    for (int i = 0; i < queue.size(); i++) {
      long state = queue.getLong(i);
      for (int me = 0; me < n; me++) {
        step(state, me);
      }
    }
  }

  long states() {
    return visited.size();
  }

  long transitions() {
    return transitions;
  }

  private void step(long state, int me) {
    int level = level(state, me);
    switch ((int) (state >>> me * PROCESS_BITS + LEVEL_BITS & PC_MASK)) {
      case TRY -> take(with(state, me, 1, SET_LAST));
      case SET_LAST -> {
        int shift = lastShift(level);
        long last = state & ~(LEVEL_MASK << shift) | (long) me << shift;
        take(with(last, me, level, PASS));
      }
      case PASS -> {
        boolean cameLast = (state >>> lastShift(level) & LEVEL_MASK) == me;
        if (!cameLast || nobodyElseIsAsHigh(state, me, level)) {
          take(
              level == n - 1
                  ? with(state, me, level, LEAVE)
                  : with(state, me, level + 1, SET_LAST));
        }
      }
      case LEAVE -> take(with(state, me, 0, TRY));
      default -> throw new AssertionError();
    }
  }

  private boolean nobodyElseIsAsHigh(long state, int me, int level) {
    for (int k = 0; k < n; k++) {
      if (k != me && level(state, k) >= level) {
        return false;
      }
    }
    return true;
  }

  private static int level(long state, int process) {
    return (int) (state >>> process * PROCESS_BITS & LEVEL_MASK);
  }

  private int lastShift(int level) {
    return n * PROCESS_BITS + (level - 1) * LEVEL_BITS;
  }

  private static long with(long state, int me, int level, int pc) {
    int shift = me * PROCESS_BITS;
    return state & ~(PC_MASK << LEVEL_BITS + shift | LEVEL_MASK << shift)
        | (long) (pc << LEVEL_BITS | level) << shift;
  }

  private void take(long successor) {
    transitions++;
    reach(successor);
  }

  private void reach(long state) {
    if (visited.add(state)) {
      queue.add(state);
    }
  }
}
