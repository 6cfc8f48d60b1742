package dev.kstack.checks.explore;

import dev.kstack.checks.explore.SearchResult.Counterexample.Step;
import java.util.List;
import java.util.SplittableRandom;

/** Picks the next step of a {@link RandomWalk}. Keeps count of what it has picked: for one walk. */
@FunctionalInterface
public interface Picker {
  /** None of them: the walk is over. */
  int END = -1;

  /**
   * Picks one.
   *
   * @param offered the steps that are possible, at least one, in the order of the processes; never
   *     one that changes nothing
   * @return its index, or {@link #END}
   */
  int pick(List<Step> offered);

  /** Any of them, each as likely as the others. The same seed picks the same. */
  static Picker random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return offered -> random.nextInt(offered.size());
  }

  /**
   * By numbers from 0, of which only the remainder counts: so every list of numbers is a schedule,
   * and so is every part of it.
   */
  static Picker schedule(List<Integer> numbers) {
    int[] next = {0};
    return offered ->
        next[0] < numbers.size() ? numbers.get(next[0]++) % offered.size() : Picker.END;
  }

  /** These steps; those that are not possible when it is their turn are left out. */
  static Picker following(List<Step> steps) {
    int[] next = {0};
    return offered -> {
      while (next[0] < steps.size()) {
        int index = offered.indexOf(steps.get(next[0]++));
        if (index >= 0) {
          return index;
        }
      }
      return Picker.END;
    };
  }
}
