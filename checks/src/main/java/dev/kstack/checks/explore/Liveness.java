package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableMap;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.spec.Property;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is claimed of the progress of tasks: keeps the steps of a search while it runs, if that is
 * wanted, and decides when it has ended.
 *
 * <p>All reductions preserve who is trapped. Canonical names do, because a task is followed through
 * the renaming of each step. Dead values do, because states that differ only in them allow the same
 * steps. Transactions do: whoever is in the middle of one can go on to its end, or back to before
 * its first operation without anybody having noticed, or is blocked, and then the search has that
 * state too. What is fair is defined on transactions (see {@link FairLoops}), and the other two
 * preserve it. Tests compare each with a plain search.
 */
final class Liveness {
  private final @Nullable TaskProgress claims;
  private @Nullable TaskGraph graph;
  private String whyUndecided = "";
  private final boolean transactions;

  private final StateFormat format;
  private final Automaton[] automata;
  private final Waits waits;

  Liveness(Program program, Settings settings, StateFormat format, Automaton[] automata) {
    this.format = format;
    this.automata = automata;
    waits = new Waits(format, automata);
    claims = program.progress();
    transactions = settings.reductions().transactions();
    int tasks = program.layout().tasks();
    if (claims == null || !settings.progressOfTasks()) {
      whyUndecided = "the search was not asked to keep what it takes";
    } else if (tasks > Permutations.MAX_TASKS) {
      whyUndecided =
          "no more than %d tasks can be followed, not %d".formatted(Permutations.MAX_TASKS, tasks);
    } else if (program.processes().size() > TaskGraph.MAX_PROCESSES) {
      whyUndecided =
          "no more than %d processes can be told apart, not %d"
              .formatted(TaskGraph.MAX_PROCESSES, program.processes().size());
    } else {
      graph = new TaskGraph(tasks, program.processes().size());
    }
  }

  /** Are steps kept? */
  boolean on() {
    return graph != null;
  }

  /** A new state was found; the memory is bound to it. */
  void found(long[] state, Memory memory) {
    if (graph != null) {
      int resting = 0;
      for (int p = 0; p < automata.length; p++) {
        resting |= automata[p].rest(format.node(state, p)) ? 1 << p : 0;
      }
      graph.state(
          claims.live(memory),
          claims.wanting(memory),
          claims.running(memory),
          claims.busy(memory),
          resting,
          waits.asked(state, memory));
    }
  }

  /** The steps that follow are those of the next state. */
  void expanding() {
    if (graph != null) {
      graph.expand();
    }
  }

  /** A step leads to a state, in which every task has a name. */
  void step(int process, int target, int permutation) {
    if (graph != null) {
      graph.step(process, target, permutation);
    }
  }

  /** A step leads back to the same state. */
  void idle(int process, int state) {
    step(process, state, Permutations.IDENTITY);
  }

  /** A step leads to a state from which no run goes on. */
  void panic(int process) {
    step(process, TaskGraph.NOWHERE, Permutations.IDENTITY);
  }

  /** The number of the order in which tasks are named. */
  int permutation(@Nullable Canonicalizer canonicalizer) {
    return canonicalizer == null || graph == null
        ? Permutations.IDENTITY
        : graph.permutations().number(canonicalizer.renaming().task);
  }

  long bytes() {
    return graph == null ? 0 : graph.bytes();
  }

  /** No step can be kept that comes now. */
  boolean full() {
    return graph != null && graph.full();
  }

  /** There is no memory for the steps: the search goes on without. */
  void giveUp(StopReason reason) {
    graph = null;
    whyUndecided = reason.text();
  }

  /**
   * Decides. Only for complete searches.
   *
   * @param found gets a run for each property that does not hold
   * @param undecided gets the reason for each that cannot be decided
   */
  void decide(
      ParentLog parents,
      ShortestRun runs,
      Allowance allowance,
      ImmutableMap.Builder<Property, Counterexample> found,
      ImmutableMap.Builder<Property, String> undecided) {
    if (claims == null) {
      return;
    }
    if (graph == null) {
      undecided.put(claims.schedulable(), whyUndecided);
      undecided.put(claims.runsEventually(), whyUndecided);
      return;
    }
    decide(claims.schedulable(), this::firstTrap, parents, runs, allowance, found, undecided);
    if (transactions) {
      decide(claims.runsEventually(), this::firstLoop, parents, runs, allowance, found, undecided);
    } else {
      undecided.put(claims.runsEventually(), "what is fair is said of transactions");
    }
  }

  /** Looks for a counterexample. */
  @FunctionalInterface
  private interface Question {
    @Nullable Counterexample counterexample(
        TaskGraph graph, ParentLog parents, ShortestRun runs, Allowance allowance);
  }

  private void decide(
      Property property,
      Question question,
      ParentLog parents,
      ShortestRun runs,
      Allowance allowance,
      ImmutableMap.Builder<Property, Counterexample> found,
      ImmutableMap.Builder<Property, String> undecided) {
    try {
      Counterexample run = question.counterexample(graph, parents, runs, allowance.share());
      if (run != null) {
        found.put(property, run);
      }
    } catch (Allowance.Spent e) {
      undecided.put(property, e.reason.text());
    } catch (OutOfMemoryError e) {
      undecided.put(property, StopReason.MEMORY.text());
    }
  }

  private @Nullable Counterexample firstLoop(
      TaskGraph graph, ParentLog parents, ShortestRun runs, Allowance allowance) {
    int counting = 0;
    for (int p = 0; p < automata.length; p++) {
      counting |= automata[p].process().counts() ? 1 << p : 0;
    }
    FairLoops loops = new FairLoops(graph, counting, allowance);
    if (loops.first() == WaitingTasks.NONE) {
      return null;
    }
    int[] stem = parents.pathTo(loops.places().state(loops.first()));
    int[] loop = new LoopPath(graph, loops, allowance).ordinals();
    int[] path = Arrays.copyOf(stem, stem.length + loop.length);
    System.arraycopy(loop, 0, path, stem.length, loop.length);
    ShortestRun.Found run = runs.find(path, -1);
    Renaming names = run.names().get(stem.length);
    int task = names.task[loops.places().task(loops.first())];
    boolean renamed = !names.sameAs(run.names().get(path.length));
    return new Counterexample(run.steps(), new Ending.Loop(task, stem.length, renamed));
  }

  private @Nullable Counterexample firstTrap(
      TaskGraph graph, ParentLog parents, ShortestRun runs, Allowance allowance) {
    Traps traps = new Traps(graph, allowance);
    if (traps.state() == Traps.NONE) {
      return null;
    }
    ShortestRun.Found run = runs.find(parents.pathTo(traps.state()), -1);
    int task = run.names().get(run.steps().size()).task[traps.task()];
    return new Counterexample(run.steps(), new Ending.Trap(task, traps.region()));
  }
}
