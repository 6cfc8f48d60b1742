package dev.kstack.checks.lincheck;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.model.live.Chooser;
import dev.kstack.model.live.PlannedChooser;
import java.util.ArrayList;
import java.util.List;

/**
 * What the environment does in a run: what happens on each CPU, whom it wakes, which frame is
 * taken. Not in which order any of it does.
 *
 * @param plans what each process chooses, by its number; one that chooses nothing does nothing
 */
record Environment(ImmutableList<ImmutableList<Integer>> plans) {
  /** That of a run. */
  static Environment of(Counterexample run, int processes) {
    List<List<Integer>> plans = new ArrayList<>();
    for (int p = 0; p < processes; p++) {
      plans.add(new ArrayList<>());
    }
    for (Counterexample.Step step : run.steps()) {
      plans.get(step.process()).addAll(step.choices());
    }
    return new Environment(
        plans.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList()));
  }

  /** The processes that do something. */
  ImmutableList<Integer> taking() {
    ImmutableList.Builder<Integer> taking = ImmutableList.builder();
    for (int p = 0; p < plans.size(); p++) {
      if (!plans.get(p).isEmpty()) {
        taking.add(p);
      }
    }
    return taking.build();
  }

  int takingAsBits() {
    return taking().stream().mapToInt(p -> 1 << p).sum();
  }

  /** Of a process that the run did not have, there is no plan. */
  Chooser chooser(int process) {
    return process >= plans.size()
        ? new PlannedChooser()
        : new PlannedChooser(Ints.toArray(plans.get(process)));
  }
}
