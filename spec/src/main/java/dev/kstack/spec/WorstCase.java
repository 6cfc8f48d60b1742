package dev.kstack.spec;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

/**
 * What becomes of a thread that is woken and lacks pages: the specification but for this is one.
 */
public enum WorstCase {
  /**
   * "For that, the worst case is that you go to schedule a new thread and can't allocate memory
   * fill in the 4 pte_t's." (Hansen)
   */
  PARKED(ImmutableSet.of(Rule.REFUSE_ONLY_IF_A_PAGE_IS_MISSING, Rule.UNPARK_ONLY_WHEN_FILLED)) {
    @Override
    public ImmutableList<Action> actions(StackSystem s) {
      return Action.all(s);
    }
  },

  /** It was frozen while it slept, and is filled before it is woken: {@code freezer}. */
  FROZEN(
      ImmutableSet.of(
          Rule.FREEZE_ONLY_WHO_SLEEPS, Rule.FILL_ONLY_WHO_IS_FROZEN, Rule.THAW_ONLY_WHEN_FILLED)) {
    @Override
    public ImmutableList<Action> actions(StackSystem s) {
      ImmutableList.Builder<Action> actions = ImmutableList.builder();
      for (Action action : Action.all(s)) {
        if (action instanceof Action.Refuse) {
          actions.add(new Action.Forbidden(action, Rule.FREEZE_ONLY_WHO_SLEEPS));
        } else if (action instanceof Action.Fill fill && !isFrozen(s, fill.thread())) {
          actions.add(new Action.Forbidden(action, Rule.FILL_ONLY_WHO_IS_FROZEN));
        } else if (action instanceof Action.Unpark unpark) {
          actions.add(new Action.Freeze(unpark.thread()), new Action.Thaw(unpark.thread()));
        } else {
          actions.add(action);
        }
      }
      return actions.build();
    }
  };

  private final ImmutableSet<Rule> rules;

  WorstCase(ImmutableSet<Rule> rules) {
    this.rules = rules;
  }

  /** Everything that can happen to the threads and pages that there are, allowed or not. */
  public abstract ImmutableList<Action> actions(StackSystem s);

  /** Its own rules, in place of the other's. */
  public ImmutableSet<Rule> rules() {
    return rules;
  }

  private static boolean isFrozen(StackSystem s, int thread) {
    return s.thread(thread).phase() == Phase.FROZEN;
  }
}
