package dev.kstack.checks.explore;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every reachable state of a program, kept whole, under the names that it has: the plain search
 * that the explorer's is compared with. It shares the expansion of a state with the explorer and
 * nothing else.
 */
final class AllStates {
  private final Program program;
  private final StateFormat format;
  private final Automaton[] automata;
  private final int mostStates;
  private Expansion wholeSteps;
  private final Map<Property, Integer> shortest = new HashMap<>();
  private final Set<LongBuffer> states = new HashSet<>();

  /** For several searches of one program, so that their states can be compared. */
  static final class Workshop {
    final Program program;
    final Automaton[] automata;
    final StateFormat format;

    Workshop(Program program) {
      this.program = program;
      this.automata = Explorer.automata(program);
      this.format = new StateFormat(program.layout(), automata.length);
    }

    AllStates search(Reductions reductions) {
      return search(reductions, Integer.MAX_VALUE);
    }

    AllStates search(Reductions reductions, int mostStates) {
      AllStates all = new AllStates(this, mostStates);
      all.search(new Reductions(reductions.transactions(), false, reductions.deadValues()));
      return all;
    }

    /** The state without its dead values. */
    LongBuffer forget(long[] state) {
      long[] copy = state.clone();
      Memory memory = new Memory(program.layout());
      memory.bind(copy);
      int resting = 0;
      for (int p = 0; p < automata.length; p++) {
        resting |= automata[p].rest(format.node(copy, p)) ? 1 << p : 0;
      }
      program.forget(memory, resting);
      return LongBuffer.wrap(copy);
    }
  }

  private AllStates(Workshop w, int mostStates) {
    this.mostStates = mostStates;
    program = w.program;
    format = w.format;
    automata = w.automata;
  }

  private void search(Reductions reductions) {
    Memory memory = new Memory(program.layout());
    memory.observedBy(program.observer(memory));
    Expansion expansion = new Expansion(program, format, automata, memory, reductions, false);
    wholeSteps = new Expansion(program, format, automata, memory, Reductions.ALL, false);
    Waits waits = new Waits(format, automata);
    long[] first = Explorer.initialState(program, format, automata);
    List<long[]> level = new ArrayList<>();
    List<long[]> next = new ArrayList<>();
    states.add(LongBuffer.wrap(first));
    next.add(first);
    noteState(first, memory, 0);
    for (int depth = 0; !next.isEmpty() && complete(); depth++) {
      List<long[]> done = level;
      level = next;
      next = done;
      next.clear();
      for (long[] state : level) {
        expand(state, expansion, waits, memory, depth, next);
      }
    }
  }

  private void expand(
      long[] state, Expansion expansion, Waits waits, Memory memory, int depth, List<long[]> next) {
    expansion.expand(
        state,
        (process, ordinal, successor) -> {
          note(memory.raised(), depth + 1);
          boolean panicked = memory.panicked();
          boolean moved = !Arrays.equals(state, successor);
          if (!panicked && moved) {
            long[] copy = successor.clone();
            if (states.add(LongBuffer.wrap(copy))) {
              next.add(copy);
              noteState(copy, memory, depth + 1);
            }
          }
        });
    Property deadlock = program.deadlock();
    if (deadlock != null && !shortest.containsKey(deadlock)) {
      boolean stuck = !anybodyGetsAnywhere(state, memory);
      memory.bind(state);
      if (stuck || waits.inCircle(state, memory)) {
        shortest.put(deadlock, depth);
      }
    }
  }

  private boolean anybodyGetsAnywhere(long[] state, Memory memory) {
    boolean[] progressed = {false};
    wholeSteps.expand(
        state,
        (process, ordinal, successor) ->
            progressed[0] |=
                memory.panicked()
                    || program.processes().get(process).counts()
                        && !Arrays.equals(state, successor));
    return progressed[0];
  }

  private void noteState(long[] state, Memory memory, int depth) {
    memory.bind(state);
    memory.clearRaised();
    program.check(memory);
    note(memory.raised(), depth);
  }

  private void note(long raised, int depth) {
    for (long rest = raised; rest != 0; rest &= rest - 1) {
      Property property = program.layout().claims().get(Long.numberOfTrailingZeros(rest));
      shortest.putIfAbsent(property, depth);
    }
  }

  boolean complete() {
    return states.size() < mostStates;
  }

  Set<LongBuffer> states() {
    return states;
  }

  /** For each property that was violated or reached: the fewest steps to it. */
  Map<Property, Integer> shortest() {
    return shortest;
  }

  /** The states in which every process is between two activations. */
  Set<LongBuffer> atRest() {
    Set<LongBuffer> resting = new HashSet<>();
    for (LongBuffer state : states) {
      if (isAtRest(state.array())) {
        resting.add(state);
      }
    }
    return resting;
  }

  private boolean isAtRest(long[] state) {
    for (int p = 0; p < automata.length; p++) {
      if (!automata[p].rest(format.node(state, p))) {
        return false;
      }
    }
    return true;
  }
}
