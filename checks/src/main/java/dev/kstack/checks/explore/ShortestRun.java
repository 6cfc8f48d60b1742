package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Program;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds again what a search has done on the way to a state, as a run in which no task or frame
 * changes its name.
 */
final class ShortestRun {
  private final Program program;
  private final Reductions reductions;

  ShortestRun(Program program, Reductions reductions) {
    this.program = program;
    this.reductions = reductions;
  }

  /**
   * A run that was found again.
   *
   * @param steps its steps
   * @param names for each state, from its canonical names to those that the run shows
   */
  record Found(
      ImmutableList<SearchResult.Counterexample.Step> steps, ImmutableList<Renaming> names) {}

  /** The run, where its end is what was looked for. */
  SearchResult.Counterexample of(int[] path, int lastStep) {
    return new SearchResult.Counterexample(find(path, lastStep).steps());
  }

  /**
   * The run.
   *
   * @param path which step is taken in each state, from the first
   * @param lastStep one more such step, or -1
   */
  Found find(int[] path, int lastStep) {
    Automaton[] automata = Explorer.automata(program);
    StateFormat format = new StateFormat(program.layout(), automata.length);
    Memory memory = new Memory(program.layout());
    memory.observedBy(program.observer(memory));
    Expansion expansion = new Expansion(program, format, automata, memory, reductions, false);
    Canonicalizer canonicalizer =
        reductions.canonicalNames() ? new Canonicalizer(format, automata) : null;
    Renaming shown = new Renaming(program.layout().tasks(), program.layout().frames());

    long[] state = Explorer.initialState(program, format, automata);
    shown = canonicalize(canonicalizer, state, shown);
    List<Renaming> namesOfStates = new ArrayList<>(List.of(shown));
    List<SearchResult.Counterexample.Step> steps = new ArrayList<>();
    for (int i = 0; i < path.length + (lastStep < 0 ? 0 : 1); i++) {
      int wanted = i < path.length ? path[i] : lastStep;
      long[] successor = new long[format.longs()];
      int before = steps.size();
      Renaming names = shown;
      expansion.expand(
          state,
          (process, ordinal, to) -> {
            if (ordinal == wanted) {
              steps.add(new SearchResult.Counterexample.Step(process, expansion.choices(names)));
              System.arraycopy(to, 0, successor, 0, to.length);
            }
          });
      if (steps.size() != before + 1) {
        throw new ModelError("step %d of the run to a violation is not found again".formatted(i));
      }
      state = successor;
      shown = canonicalize(canonicalizer, state, shown);
      namesOfStates.add(shown);
    }
    return new Found(ImmutableList.copyOf(steps), ImmutableList.copyOf(namesOfStates));
  }

  /** Returns the renaming from the state's new canonical names to those that the run shows. */
  private static Renaming canonicalize(Canonicalizer canonicalizer, long[] state, Renaming shown) {
    if (canonicalizer == null) {
      return shown;
    }
    canonicalizer.canonicalize(state);
    Renaming names = canonicalizer.renaming().inverse();
    names.then(shown);
    return names;
  }
}
