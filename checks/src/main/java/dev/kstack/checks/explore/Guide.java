package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.Word;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leads through a program step by step: from any position to those that a step leads to, with
 * everything that happens in the step. It knows the same steps as the search, and notices the same
 * violations; tasks and frames keep their names.
 *
 * <p>Positions belong to the guide that gave them. One thread at a time.
 */
public final class Guide {
  private final Program program;
  private final StateFormat format;
  private final Automaton[] automata;
  private final Memory memory;

  /** Offers one of several frames that nothing tells apart. */
  private final Expansion offering;

  /** Takes any of them: a run names the one that it took. */
  private final Expansion taking;

  private final Waits waits;
  private final Renaming asTheyAre;
  private final long deadlockClaim;

  /**
   * One step, and where it leads.
   *
   * @param step as data
   * @param shown what happens in it; its number is 0
   * @param to where it leads
   */
  public record Taken(SearchResult.Counterexample.Step step, Run.Step shown, Position to) {}

  public Guide(Program program, Reductions reductions) {
    this.program = program;
    automata = Explorer.automata(program);
    format = new StateFormat(program.layout(), automata.length);
    memory = new Memory(program.layout());
    memory.observedBy(program.observer(memory));
    offering =
        new Expansion(
            program,
            format,
            automata,
            memory,
            new Reductions(reductions.transactions(), true, reductions.deadValues()),
            false);
    taking = new Expansion(program, format, automata, memory, reductions.keepingNames(), false);
    waits = new Waits(format, automata);
    asTheyAre = new Renaming(program.layout().tasks(), program.layout().frames());
    Property deadlock = program.deadlock();
    deadlockClaim = deadlock == null ? 0 : program.layout().claim(deadlock);
  }

  /** The names of the processes, in the order of their numbers. */
  public ImmutableList<String> processes() {
    return program.processes().stream().map(Process::name).collect(ImmutableList.toImmutableList());
  }

  /** The names of the words that are locks. */
  public ImmutableList<String> locks() {
    return program.layout().words().stream()
        .filter(Word::isLock)
        .map(Word::name)
        .collect(ImmutableList.toImmutableList());
  }

  /** Where every run begins. */
  public Position start() {
    return position(Explorer.initialState(program, format, automata), 0, false);
  }

  /**
   * Takes a step.
   *
   * @throws ModelError if the program does not allow it there
   */
  public Taken take(Position from, SearchResult.Counterexample.Step step) {
    if (step.process() < 0 || step.process() >= automata.length) {
      throw new ModelError(
          "the step is of process %d; there are %d, from 0"
              .formatted(step.process(), automata.length));
    }
    if (from.panicked()) {
      throw new ModelError("the kernel has panicked: no run goes on from there");
    }
    Run.Recorder recorder = new Run.Recorder(program.layout(), memory, from.state());
    String actingFor = program.processes().get(step.process()).actingFor(memory);
    List<long[]> successors = new ArrayList<>();
    taking.follow(
        from.state(),
        step.process(),
        step.choices(),
        recorder,
        (process, ordinal, to) -> {
          if (taking.choices(asTheyAre).equals(step.choices())) {
            successors.add(to.clone());
          }
        });
    if (successors.size() != 1) {
      throw new ModelError("the step is not possible");
    }
    Position to = position(successors.get(0), memory.raised(), memory.panicked());
    String process = automata[step.process()].process().name();
    return new Taken(step, new Run.Step(0, process, actingFor, recorder.events(), to.words()), to);
  }

  /** Every step that is possible, by process; but for those that lead nowhere. */
  public ImmutableList<Taken> ahead(Position from) {
    if (from.panicked()) {
      return ImmutableList.of();
    }
    List<SearchResult.Counterexample.Step> steps = new ArrayList<>();
    offering.expand(
        from.state(),
        (process, ordinal, to) -> {
          if (memory.panicked() || !offering.idle()) {
            steps.add(new SearchResult.Counterexample.Step(process, offering.choices(asTheyAre)));
          }
        });
    return steps.stream().map(s -> take(from, s)).collect(ImmutableList.toImmutableList());
  }

  /**
   * The fewest steps from a position to one that raises a property, found breadth first.
   *
   * @param property one that a single run can violate or reach; not of progress
   * @return the steps; null if no run from there raises it
   * @throws BudgetSpentException if the budget ends the search before
   */
  public @Nullable ImmutableList<SearchResult.Counterexample.Step> nearest(
      Position from, Property property, Budget budget) throws BudgetSpentException {
    long claim = 1L << program.layout().claims().indexOf(property);
    return new Nearest(this, claim, budget).from(from);
  }

  StateFormat format() {
    return format;
  }

  Automaton[] automata() {
    return automata;
  }

  /** Hands over the steps of a state with what each raises; but for those that lead nowhere. */
  void expand(long[] state, Ahead ahead) {
    offering.expand(
        state,
        (process, ordinal, to) -> {
          if (memory.panicked() || !offering.idle()) {
            ahead.step(process, ordinal, to, memory.raised(), memory.panicked());
          }
        });
  }

  /** Receives a step: {@link Expansion.Steps}, and the claims that were raised in it. */
  interface Ahead {
    void step(int process, int ordinal, long[] successor, long raised, boolean panicked);
  }

  /** The step of that ordinal, as data. */
  SearchResult.Counterexample.Step step(long[] state, int wanted, long[] successor) {
    List<SearchResult.Counterexample.Step> found = new ArrayList<>();
    offering.expand(
        state,
        (process, ordinal, to) -> {
          if (ordinal == wanted) {
            found.add(new SearchResult.Counterexample.Step(process, offering.choices(asTheyAre)));
            System.arraycopy(to, 0, successor, 0, to.length);
          }
        });
    return found.get(0);
  }

  /** What a state raises by itself. */
  long raisedIn(long[] state) {
    memory.bind(state);
    memory.clearRaised();
    program.check(memory);
    return memory.raised() | (isDeadlock(state) ? deadlockClaim : 0);
  }

  private boolean isDeadlock(long[] state) {
    if (deadlockClaim == 0) {
      return false;
    }
    long raised = memory.raised();
    boolean[] progressed = {false};
    offering.expand(
        state,
        (process, ordinal, to) ->
            progressed[0] |=
                memory.panicked() || automata[process].process().counts() && !offering.idle());
    memory.bind(state);
    boolean circle = waits.inCircle(state, memory);
    memory.clearRaised();
    memory.raise(raised);
    return circle || !progressed[0];
  }

  private Position position(long[] state, long raisedByStep, boolean panicked) {
    long raised = raisedByStep | (panicked ? 0 : raisedIn(state));
    memory.bind(state);
    return new Position(
        state,
        panicked,
        Run.words(program, memory),
        Run.properties(program.layout(), raised),
        Run.waiting(format, automata, memory, state),
        panicked || program.progress() == null
            ? ImmutableList.of()
            : ImmutableList.copyOf(program.progress().neverAgain(memory)));
  }
}
