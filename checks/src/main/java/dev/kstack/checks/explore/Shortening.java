package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Counterexample.Step;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a run to a violation shorter by leaving steps out, as long as what is left still leads to
 * it: delta debugging (Zeller and Hildebrandt, Simplifying and Isolating Failure-Inducing Input,
 * IEEE TSE 2002). Steps that are no longer possible go as well. In the end no single step can be
 * left out; a shortest run, which only a search finds, may still be another one.
 */
public final class Shortening {
  private final RandomWalk walks;

  /** Of runs of this program. */
  public Shortening(Program program, Reductions reductions) {
    // Every frame is offered: the run names one, whichever the walk took of those that are alike.
    walks = new RandomWalk(program, reductions.keepingNames());
  }

  /** A run in which the last step, or the state after it, raises the property, as in this one. */
  public Counterexample of(Counterexample run, Property property) {
    return new Counterexample(of(run.steps(), steps -> replay(steps, property)));
  }

  private @Nullable ImmutableList<Step> replay(List<Step> steps, Property property) {
    RandomWalk.Walk walk = walks.walk(Picker.following(steps), steps.size(), Set.of(property));
    return walk.raised().containsKey(property) ? walk.run().steps() : null;
  }

  /**
   * The steps that are needed to come to an end.
   *
   * @param replay takes those of the steps that are possible, until it is there; null if it does
   *     not come there
   */
  static ImmutableList<Step> of(
      ImmutableList<Step> run, Function<List<Step>, @Nullable ImmutableList<Step>> replay) {
    ImmutableList<Step> steps = run;
    for (int length = Math.max(1, steps.size() / 2); ; ) {
      int before = steps.size();
      steps = without(length, steps, replay);
      if (length > 1) {
        length /= 2;
      } else if (steps.size() == before) {
        return steps;
      }
    }
  }

  /** Leaves out each sequence of that length that can be left out, the last ones first. */
  private static ImmutableList<Step> without(
      int length,
      ImmutableList<Step> steps,
      Function<List<Step>, @Nullable ImmutableList<Step>> replay) {
    ImmutableList<Step> shortest = steps;
    for (int end = steps.size(); end > 0; end -= length) {
      if (end <= shortest.size()) {
        List<Step> rest = new ArrayList<>(shortest);
        rest.subList(Math.max(0, end - length), end).clear();
        ImmutableList<Step> taken = replay.apply(rest);
        if (taken != null) {
          shortest = taken;
        }
      }
    }
    return shortest;
  }
}
