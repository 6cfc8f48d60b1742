package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableLongArray;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The states of a program and the steps between them, as data: for drawings and for tools that read
 * labelled transition systems. As a search with all reductions sees them, so tasks and frames have
 * canonical names; breadth first, from state 0. Steps that change nothing are left out.
 *
 * @param states the states, by number
 * @param edges the steps, each once
 * @param complete is this all? Else steps to more states than there is room for are left out
 */
public record StateGraph(ImmutableList<State> states, ImmutableList<Edge> edges, boolean complete) {

  /**
   * A state.
   *
   * @param words its words, as {@link Run#words}
   * @param raised the properties that are violated or reached in it
   * @param panicked did the step to it end the run?
   */
  public record State(
      ImmutableMap<String, String> words, ImmutableList<Property> raised, boolean panicked) {}

  /**
   * A step.
   *
   * @param from the number of a state
   * @param to the number of a state
   * @param process who takes it
   * @param operations what it does, of what others can notice
   * @param raised the properties that the step itself violates or reaches
   */
  public record Edge(
      int from,
      int to,
      String process,
      ImmutableList<String> operations,
      ImmutableList<Property> raised) {}

  /** Explores, until so many states are found. */
  public static StateGraph of(Program program, int mostStates) {
    return new Builder(program, mostStates).build();
  }

  /** A state under its number. */
  private record Key(ImmutableLongArray state, boolean panicked) {}

  /** A step that was found, before it is taken once more to see what it does. */
  private record Found(
      int process,
      ImmutableList<Integer> choices,
      long[] successor,
      long raised,
      boolean panicked) {}

  /** Collects them. */
  private static final class Builder {
    private static final int NO_ROOM = -1;

    private final Program program;
    private final int mostStates;
    private final StateFormat format;
    private final Automaton[] automata;
    private final Memory memory;
    private final Expansion expansion;
    private final Expansion single;
    private final Canonicalizer canonicalizer;
    private final Renaming asTheyAre;
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<long[]> packed = new ArrayList<>();
    private final ImmutableList.Builder<State> states = ImmutableList.builder();
    private final Set<Edge> edges = new LinkedHashSet<>();
    private boolean complete = true;

    Builder(Program program, int mostStates) {
      this.program = program;
      this.mostStates = mostStates;
      automata = Explorer.automata(program);
      format = new StateFormat(program.layout(), automata.length);
      memory = new Memory(program.layout());
      memory.observedBy(program.observer(memory));
      expansion = new Expansion(program, format, automata, memory, Reductions.ALL, false);
      single =
          new Expansion(
              program, format, automata, memory, new Reductions(true, false, true), false);
      canonicalizer = new Canonicalizer(format, automata);
      asTheyAre = new Renaming(program.layout().tasks(), program.layout().frames());
    }

    StateGraph build() {
      long[] initial = Explorer.initialState(program, format, automata);
      canonicalizer.canonicalize(initial);
      number(initial, false);
      for (int i = 0; i < packed.size(); i++) {
        expand(i);
      }
      return new StateGraph(states.build(), ImmutableList.copyOf(edges), complete);
    }

    /** A state whose run is over has no steps, and an empty place in the list. */
    private void expand(int number) {
      long[] state = packed.get(number);
      if (state.length == 0) {
        return;
      }
      List<Found> found = new ArrayList<>();
      expansion.expand(
          state,
          (process, ordinal, successor) -> {
            if (memory.panicked() || !expansion.idle()) {
              found.add(
                  new Found(
                      process,
                      expansion.choices(asTheyAre),
                      successor.clone(),
                      memory.raised(),
                      memory.panicked()));
            }
          });
      for (Found step : found) {
        ImmutableList<String> operations = operations(state, step);
        long[] successor = step.successor();
        if (!step.panicked()) {
          canonicalizer.canonicalize(successor);
        }
        int to = number(successor, step.panicked());
        if (to == NO_ROOM) {
          complete = false;
          continue;
        }
        edges.add(
            new Edge(
                number,
                to,
                automata[step.process()].process().name(),
                operations,
                properties(step.raised())));
      }
    }

    private ImmutableList<String> operations(long[] state, Found step) {
      Run.Recorder recorder = new Run.Recorder(program.layout(), memory, state);
      single.follow(state, step.process(), step.choices(), recorder, (p, o, s) -> {});
      return new Run.Step(0, "", "", recorder.events(), ImmutableMap.of())
          .noticeable().stream().map(Run.Event::text).collect(ImmutableList.toImmutableList());
    }

    private int number(long[] state, boolean panicked) {
      Key key = new Key(ImmutableLongArray.copyOf(state), panicked);
      Integer known = numbers.get(key);
      if (known != null) {
        return known;
      }
      int number = packed.size();
      if (number == mostStates) {
        return NO_ROOM;
      }
      numbers.put(key, number);
      packed.add(panicked ? new long[0] : state);
      memory.bind(state);
      memory.clearRaised();
      if (!panicked) {
        program.check(memory);
      }
      states.add(
          new State(Run.words(program, memory, state), properties(memory.raised()), panicked));
      return number;
    }

    private ImmutableList<Property> properties(long raised) {
      ImmutableList.Builder<Property> properties = ImmutableList.builder();
      for (long left = raised; left != 0; left &= left - 1) {
        properties.add(program.layout().claims().get(Long.numberOfTrailingZeros(left)));
      }
      return properties.build();
    }
  }
}
