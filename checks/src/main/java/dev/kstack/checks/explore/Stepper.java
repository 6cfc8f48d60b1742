package dev.kstack.checks.explore;

import dev.kstack.checks.explore.SearchResult.Counterexample.Step;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import org.jspecify.annotations.Nullable;

/** Takes single steps, each from any state, and says what it comes to. */
final class Stepper {
  private final Program program;
  private final StateFormat format;
  private final Automaton[] automata;
  private final Memory memory;
  private final Expansion expansion;
  private final Waits waits;
  private final Renaming asTheyAre;

  /**
   * What a step came to.
   *
   * @param state the packed state after it
   * @param raised the claims that were violated or reached by the step or in that state, a bit
   *     each; not that of deadlock
   * @param panicked no run goes on from there
   */
  record Taken(long[] state, long raised, boolean panicked) {}

  Stepper(Program program, Reductions reductions) {
    this.program = program;
    automata = Explorer.automata(program);
    format = new StateFormat(program.layout(), automata.length);
    memory = new Memory(program.layout());
    memory.observedBy(program.observer(memory));
    expansion = new Expansion(program, format, automata, memory, reductions.keepingNames(), false);
    waits = new Waits(format, automata);
    asTheyAre = new Renaming(program.layout().tasks(), program.layout().frames());
  }

  /** How many processes there are. */
  int processes() {
    return automata.length;
  }

  /** Where every run begins. */
  Taken initial() {
    long[] state = Explorer.initialState(program, format, automata);
    return new Taken(state, check(state), false);
  }

  /** Takes a step; null where it is not possible. */
  @Nullable Taken take(long[] state, Step step) {
    Taken[] taken = {null};
    try {
      expansion.follow(
          state,
          step.process(),
          step.choices(),
          OpListener.NONE,
          (process, ordinal, successor) -> {
            if (expansion.choices(asTheyAre).equals(step.choices())) {
              taken[0] = new Taken(successor.clone(), memory.raised(), memory.panicked());
            }
          });
    } catch (ModelError e) {
      return null; // what was chosen in the run is not to be chosen here
    }
    Taken found = taken[0];
    return found == null || found.panicked()
        ? found
        : new Taken(found.state(), found.raised() | check(found.state()), false);
  }

  private long check(long[] state) {
    memory.bind(state);
    memory.clearRaised();
    program.check(memory);
    return memory.raised();
  }

  /** Was the property violated or reached there? */
  boolean raises(Taken taken, Property property) {
    if (property.equals(program.deadlock())) {
      return !taken.panicked() && isDeadlock(taken.state());
    }
    int claim = program.layout().claims().indexOf(property);
    return claim >= 0 && (taken.raised() >>> claim & 1) != 0;
  }

  private boolean isDeadlock(long[] state) {
    memory.bind(state);
    if (waits.inCircle(state, memory)) {
      return true;
    }
    boolean[] progressed = {false};
    expansion.expand(
        state,
        (process, ordinal, successor) ->
            progressed[0] |=
                memory.panicked() || !expansion.idle() && automata[process].process().counts());
    return !progressed[0];
  }
}
