package dev.kstack.checks.live;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.model.live.LiveStep;
import java.util.List;

/** A run on real threads, as the explorer takes it, operation by operation. */
public final class OperationRun {
  private OperationRun() {}

  /** The same steps. */
  public static Counterexample of(List<LiveStep> steps) {
    return new Counterexample(
        steps.stream()
            .map(
                step ->
                    new Counterexample.Step(
                        step.process(), ImmutableList.copyOf(Ints.asList(step.choices()))))
            .collect(ImmutableList.toImmutableList()));
  }
}
