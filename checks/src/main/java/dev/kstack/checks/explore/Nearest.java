package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import org.jspecify.annotations.Nullable;

/**
 * Searches from a state to the nearest one that raises a claim, breadth first. States that differ
 * only in names are one, but the one that is kept has the names that it was reached with, so the
 * steps to it need no renaming.
 */
final class Nearest {
  private static final int LOOK_UP_EVERY = 1 << 8;
  private static final int NONE = -1;

  private final Guide guide;
  private final long claim;
  private final Budget budget;
  private final Canonicalizer canonicalizer;
  private final Fingerprint fingerprint;
  private final FingerprintSet visited = new FingerprintSet(false);
  private final ParentLog parents = new ParentLog(Room.HEAP);
  private final long[] canonical;
  private StateStore level;
  private StateStore nextLevel;

  /** The state that raises it, or whose step does; then which step. */
  private int foundAt = NONE;

  private int foundByStep = NONE;

  Nearest(Guide guide, long claim, Budget budget) {
    this.guide = guide;
    this.claim = claim;
    this.budget = budget;
    canonicalizer = new Canonicalizer(guide.format(), guide.automata());
    fingerprint = new Fingerprint(guide.format(), guide.automata());
    canonical = new long[guide.format().longs()];
    level = new StateStore(guide.format().longs(), Room.HEAP);
    nextLevel = new StateStore(guide.format().longs(), Room.HEAP);
  }

  /** The steps to it from a position; null if no run from there raises it. */
  @Nullable ImmutableList<Counterexample.Step> from(Position position) throws BudgetSpentException {
    if (position.panicked()) {
      return null;
    }
    long began = System.nanoTime();
    long[] state = position.state().clone();
    isNew(state);
    parents.append(NONE, 0);
    nextLevel.append(state);
    int untilLook = LOOK_UP_EVERY;
    while (nextLevel.size() > 0) {
      StateStore done = level;
      level = nextLevel;
      nextLevel = done;
      nextLevel.clear();
      int firstOfLevel = parents.size() - level.size();
      for (int i = 0; i < level.size(); i++) {
        level.get(i, state);
        expand(state, firstOfLevel + i);
        if (foundAt != NONE) {
          return path(position);
        }
        if (--untilLook == 0) {
          untilLook = LOOK_UP_EVERY;
          if (isSpent(began)) {
            throw new BudgetSpentException(visited.size());
          }
        }
      }
    }
    return null;
  }

  private boolean isSpent(long began) {
    return Thread.currentThread().isInterrupted()
        || visited.size() >= budget.states()
        || (System.nanoTime() - began) / 1e9 >= budget.seconds()
        || visited.bytes() + parents.bytes() + level.bytes() + nextLevel.bytes() >= budget.bytes();
  }

  private void expand(long[] state, int number) {
    int before = nextLevel.size();
    guide.expand(
        state,
        (process, ordinal, to, raised, panicked) -> {
          if (foundAt == NONE && (raised & claim) != 0) {
            foundAt = number;
            foundByStep = ordinal;
          }
          if (!panicked && isNew(to)) {
            parents.append(number, ordinal);
            nextLevel.append(to);
          }
        });
    long[] successor = new long[state.length];
    for (int i = before; foundAt == NONE && i < nextLevel.size(); i++) {
      nextLevel.get(i, successor);
      if ((guide.raisedIn(successor) & claim) != 0) {
        foundAt = parents.size() - nextLevel.size() + i;
      }
    }
  }

  private boolean isNew(long[] state) {
    System.arraycopy(state, 0, canonical, 0, state.length);
    canonicalizer.canonicalize(canonical);
    return visited.add(fingerprint.of(canonical));
  }

  private ImmutableList<Counterexample.Step> path(Position position) {
    ImmutableList.Builder<Counterexample.Step> steps = ImmutableList.builder();
    long[] state = position.state().clone();
    for (int ordinal : parents.pathTo(foundAt)) {
      long[] successor = new long[state.length];
      steps.add(guide.step(state, ordinal, successor));
      state = successor;
    }
    if (foundByStep != NONE) {
      steps.add(guide.step(state, foundByStep, new long[state.length]));
    }
    return steps.build();
  }
}
