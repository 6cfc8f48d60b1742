package dev.kstack.checks.live;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.model.machine.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as real threads take it, one operation after the other.
 *
 * @param turns the number of the process that does each operation
 * @param choices what each process chooses, in order
 * @param waiting the processes that cannot go on at the end
 */
public record LiveSchedule(
    ImmutableList<Integer> turns,
    ImmutableList<ImmutableList<Integer>> choices,
    ImmutableList<Integer> waiting) {

  /**
   * Of a run.
   *
   * @param stored who takes each step, and what is chosen in it
   * @param taken the same run, with its operations
   */
  public static LiveSchedule of(Counterexample stored, Run taken, Program program) {
    ImmutableList.Builder<Integer> turns = ImmutableList.builder();
    List<ImmutableList.Builder<Integer>> choices = new ArrayList<>();
    for (int p = 0; p < program.processes().size(); p++) {
      choices.add(ImmutableList.builder());
    }
    for (Run.Step step : taken.steps()) {
      Counterexample.Step of = stored.steps().get(step.number() - 1);
      for (int operations = operations(step); operations > 0; operations--) {
        turns.add(of.process());
      }
      choices.get(of.process()).addAll(of.choices());
    }
    return new LiveSchedule(
        turns.build(),
        choices.stream().map(ImmutableList.Builder::build).collect(ImmutableList.toImmutableList()),
        waiting(taken, program));
  }

  /** How many a step has. */
  static int operations(Run.Step step) {
    return (int) step.events().stream().filter(event -> !event.choice()).count();
  }

  private static ImmutableList<Integer> waiting(Run run, Program program) {
    List<String> names = run.waiting().stream().map(Run.Waiting::process).toList();
    ImmutableList.Builder<Integer> waiting = ImmutableList.builder();
    for (int p = 0; p < program.processes().size(); p++) {
      if (names.contains(program.processes().get(p).name())) {
        waiting.add(p);
      }
    }
    return waiting.build();
  }
}
