package dev.kstack.checks.refine;

import com.google.common.collect.ImmutableList;
import dev.kstack.spec.Action;
import dev.kstack.spec.Outcome;
import dev.kstack.spec.StackSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A run of the specification in which every step is a random one of the allowed actions. */
public final class RandomRun {
  /** An action and where it led. */
  public record Step(Action action, StackSystem system) {}

  private RandomRun() {}

  /**
   * At most so many steps; fewer only if nothing is possible any more. The same seed gives the same
   * run. Actions that change nothing are left out.
   */
  public static ImmutableList<Step> of(StackSystem initial, long seed, int steps) {
    SplittableRandom random = new SplittableRandom(seed);
    ImmutableList.Builder<Step> run = ImmutableList.builder();
    StackSystem system = initial;
    for (int i = 0; i < steps; i++) {
      List<Step> possible = possible(system);
      if (possible.isEmpty()) {
        break;
      }
      Step step = possible.get(random.nextInt(possible.size()));
      run.add(step);
      system = step.system();
    }
    return run.build();
  }

  private static List<Step> possible(StackSystem system) {
    List<Step> possible = new ArrayList<>();
    for (Action action : Action.all(system)) {
      if (action.apply(system) instanceof Outcome.Next next && !next.system().equals(system)) {
        possible.add(new Step(action, next.system()));
      }
    }
    return possible;
  }
}
