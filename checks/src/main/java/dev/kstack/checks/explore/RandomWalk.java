package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Single runs through a program, where the {@link Explorer} takes all of them: in each state a
 * {@link Picker} picks one of the steps that are possible. Nothing is remembered but the run, so a
 * walk goes as deep as one likes at sizes that no search can finish. It finds, and proves nothing.
 *
 * <p>Walks know the same steps as the search, and notice the same violations. A run names tasks and
 * frames as they are, so it is a {@link Counterexample} without more ado, and {@link Run} shows it.
 *
 * <p>One of these serves for many walks, one after another: what it has learnt of the processes
 * makes the next ones faster, and changes none.
 */
public final class RandomWalk {
  private final Program program;
  private final StateFormat format;
  private final Automaton[] automata;
  private final Memory memory;
  private final Expansion expansion;
  private final Waits waits;
  private final Renaming asTheyAre;
  private final List<Property> claims;
  private final long deadlockClaim;

  /** The steps of the state where the walk is, and what each comes to; but for those that idle. */
  private final List<Offered> offers = new ArrayList<>();

  private final List<Counterexample.Step> offered = new ArrayList<>();
  private boolean progressed;

  private record Offered(long[] successor, long raised, boolean panicked) {}

  /**
   * What came of a walk.
   *
   * @param run the steps that were taken
   * @param raised the properties that were violated or reached, each with the numbers of the steps
   *     by which, or in the state after which, it was; 0 is the initial state
   */
  public record Walk(Counterexample run, ImmutableSetMultimap<Property, Integer> raised) {
    /** The run up to where the property was raised first. */
    public Counterexample runTo(Property property) {
      int first = raised.get(property).iterator().next();
      return new Counterexample(run.steps().subList(0, first));
    }
  }

  /**
   * As the search would reduce it, but for names.
   *
   * @param reductions with {@code canonicalNames}, one of several frames that nothing tells apart
   *     is offered
   */
  public RandomWalk(Program program, Reductions reductions) {
    this.program = program;
    automata = Explorer.automata(program);
    format = new StateFormat(program.layout(), automata.length);
    memory = new Memory(program.layout());
    memory.observedBy(program.observer(memory));
    expansion = new Expansion(program, format, automata, memory, reductions, false);
    waits = new Waits(format, automata);
    asTheyAre = new Renaming(program.layout().tasks(), program.layout().frames());
    Property deadlock = program.deadlock();
    deadlockClaim = deadlock == null ? 0 : program.layout().claim(deadlock);
    claims = program.layout().claims();
  }

  /**
   * Walks from the initial state until a property is raised that it was to look for, the picker has
   * had enough, nobody can take a step, or the kernel has panicked.
   *
   * @param mostSteps and no farther
   * @param until the properties that end it; others are noted
   */
  public Walk walk(Picker picker, int mostSteps, Set<Property> until) {
    long wanted = 0;
    for (Property property : until) {
      wanted |= 1L << claims.indexOf(property);
    }
    List<Counterexample.Step> run = new ArrayList<>();
    ImmutableSetMultimap.Builder<Property, Integer> raised = ImmutableSetMultimap.builder();
    long[] state = Explorer.initialState(program, format, automata);
    long now = check(state);
    while (true) {
      look(state);
      if (!progressed || isCircle(state)) {
        now |= deadlockClaim;
      }
      note(now, run.size(), raised);
      if ((now & wanted) != 0 || run.size() >= mostSteps || offers.isEmpty()) {
        break;
      }
      int picked = picker.pick(offered);
      if (picked == Picker.END) {
        break;
      }
      Offered taken = offers.get(picked);
      run.add(offered.get(picked));
      if (taken.panicked()) {
        note(taken.raised(), run.size(), raised);
        break;
      }
      state = taken.successor();
      now = taken.raised() | check(state);
    }
    return new Walk(new Counterexample(ImmutableList.copyOf(run)), raised.build());
  }

  /** Collects the steps of the state. */
  private void look(long[] state) {
    offers.clear();
    offered.clear();
    progressed = false;
    expansion.expand(
        state,
        (process, ordinal, successor) -> {
          if (memory.panicked() || !expansion.idle()) {
            Process taker = automata[process].process();
            progressed |= memory.panicked() || taker.counts();
            offers.add(new Offered(successor.clone(), memory.raised(), memory.panicked()));
            offered.add(new Counterexample.Step(process, expansion.choices(asTheyAre)));
          }
        });
  }

  private long check(long[] state) {
    memory.bind(state);
    memory.clearRaised();
    program.check(memory);
    return memory.raised();
  }

  private boolean isCircle(long[] state) {
    memory.bind(state);
    return waits.inCircle(state, memory);
  }

  private void note(long now, int step, ImmutableSetMultimap.Builder<Property, Integer> raised) {
    for (long left = now; left != 0; left &= left - 1) {
      raised.put(claims.get(Long.numberOfTrailingZeros(left)), step);
    }
  }
}
