package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Counterexample.Step;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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
    walks =
        new RandomWalk(
            program, new Reductions(reductions.transactions(), false, reductions.deadValues()));
  }

  /** A run in which the last step, or the state after it, raises the property, as in this one. */
  public Counterexample of(Counterexample run, Property property) {
    ImmutableList<Step> steps = run.steps();
    for (int length = Math.max(1, steps.size() / 2); ; ) {
      int before = steps.size();
      steps = without(length, steps, property);
      if (length > 1) {
        length /= 2;
      } else if (steps.size() == before) {
        return new Counterexample(steps);
      }
    }
  }

  /** Leaves out each sequence of that length that can be left out, the last ones first. */
  private ImmutableList<Step> without(int length, ImmutableList<Step> steps, Property property) {
    ImmutableList<Step> shortest = steps;
    for (int end = steps.size(); end > 0; end -= length) {
      if (end <= shortest.size()) {
        List<Step> rest = new ArrayList<>(shortest);
        rest.subList(Math.max(0, end - length), end).clear();
        RandomWalk.Walk walk = walks.walk(Picker.following(rest), rest.size(), Set.of(property));
        if (walk.raised().containsKey(property)) {
          shortest = walk.run().steps();
        }
      }
    }
    return shortest;
  }
}
