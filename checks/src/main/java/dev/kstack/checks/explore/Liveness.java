package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableMap;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.spec.Property;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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

  /** The processes that owe steps, a bit each. */
  private final int counting;

  /** What is decided already: where something is empty, the property holds. */
  private final Map<Property, Optional<Counterexample>> decided = new LinkedHashMap<>();

  Liveness(Program program, Settings settings, Room room) {
    int owing = 0;
    for (int p = 0; p < program.processes().size(); p++) {
      owing |= program.processes().get(p).counts() ? 1 << p : 0;
    }
    counting = owing;
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
      graph = new TaskGraph(tasks, program.processes().size(), room);
    }
  }

  /** Are steps kept? */
  boolean on() {
    return graph != null;
  }

  /** What is asked of tasks; null if steps are not kept. */
  @Nullable TaskProgress claims() {
    return on() ? claims : null;
  }

  /** Room for all that these batches have, with so many states in all; to be taken at once. */
  void makeRoom(Batch[] block, int batches, int states) {
    int steps = graph.steps();
    int expanded = 0;
    for (int b = 0; b < batches; b++) {
      block[b].firstStep = steps;
      steps += block[b].steps();
      expanded += block[b].count;
    }
    graph.extend(states, expanded, steps);
  }

  /** The new states of a batch, and all its steps. */
  void take(Batch batch, Batch[] block) {
    for (int i = 0; i < batch.freshCount; i++) {
      graph.state(batch.firstFresh + i, batch.taskSets[i], batch.processSets[i]);
    }
    int step = 0;
    for (int place = 0; place < batch.count; place++) {
      graph.begin(batch.firstNumber + place, batch.firstStep + step);
      for (; step < batch.ends[place]; step++) {
        graph.step(
            batch.firstStep + step,
            batch.processes[step],
            Batch.number(batch.targets[step], block),
            graph.permutations().number(batch.names[step]));
      }
    }
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
   * @param afterEach is called after each property that is decided
   * @param found gets a run for each property that does not hold
   * @param undecided gets the reason for each that cannot be decided
   */
  void decide(
      ParentLog parents,
      ShortestRun runs,
      Allowance allowance,
      Runnable afterEach,
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
    Asked asked = new Asked(graph, parents, runs, allowance, decided, undecided);
    asked.decide(claims.schedulable(), Phase.TRAPS, Liveness::firstTrap);
    afterEach.run();
    if (transactions) {
      asked.decide(claims.runsEventually(), Phase.LOOPS, this::firstLoop);
    } else {
      undecided.put(claims.runsEventually(), "what is fair is said of transactions");
    }
    decided.forEach((property, run) -> run.ifPresent(r -> found.put(property, r)));
  }

  /** Looks for a counterexample. */
  @FunctionalInterface
  private interface Question {
    @Nullable Counterexample counterexample(Asked of, Predecessors predecessors, Allowance within);
  }

  /** What questions are asked of; the steps backwards are found when the first one is asked. */
  private static final class Asked {
    final TaskGraph graph;
    final ParentLog parents;
    final ShortestRun runs;
    private final Allowance allowance;
    private final Map<Property, Optional<Counterexample>> decided;
    private final ImmutableMap.Builder<Property, String> undecided;
    private @Nullable Predecessors predecessors;

    Asked(
        TaskGraph graph,
        ParentLog parents,
        ShortestRun runs,
        Allowance allowance,
        Map<Property, Optional<Counterexample>> decided,
        ImmutableMap.Builder<Property, String> undecided) {
      this.graph = graph;
      this.parents = parents;
      this.runs = runs;
      this.allowance = allowance;
      this.decided = decided;
      this.undecided = undecided;
    }

    void decide(Property property, Phase phase, Question question) {
      if (decided.containsKey(property)) {
        return;
      }
      try {
        if (predecessors == null) {
          predecessors = new Predecessors(graph, allowance);
        }
        Counterexample run = question.counterexample(this, predecessors, allowance.of(phase));
        decided.put(property, Optional.ofNullable(run));
      } catch (Allowance.Spent e) {
        undecided.put(property, e.reason.text());
      } catch (OutOfMemoryError e) {
        undecided.put(property, StopReason.MEMORY.text());
      } catch (DiskFullException e) {
        undecided.put(property, StopReason.DISK.text());
      }
    }
  }

  private @Nullable Counterexample firstLoop(
      Asked of, Predecessors predecessors, Allowance allowance) {
    FairLoops loops = new FairLoops(of.graph, predecessors, counting, allowance);
    if (loops.first() == WaitingTasks.NONE) {
      return null;
    }
    int[] stem = of.parents.pathTo(loops.places().state(loops.first()));
    int[] loop = new LoopPath(of.graph, loops, allowance).ordinals();
    int[] path = Arrays.copyOf(stem, stem.length + loop.length);
    System.arraycopy(loop, 0, path, stem.length, loop.length);
    ShortestRun.Found run = of.runs.find(path, -1);
    Renaming names = run.names().get(stem.length);
    int task = names.task[loops.places().task(loops.first())];
    boolean renamed = !names.sameAs(run.names().get(path.length));
    return new Counterexample(run.steps(), new Ending.Loop(task, stem.length, renamed));
  }

  private static @Nullable Counterexample firstTrap(
      Asked of, Predecessors predecessors, Allowance allowance) {
    Traps traps = new Traps(of.graph, predecessors, allowance);
    if (traps.state() == Traps.NONE) {
      return null;
    }
    ShortestRun.Found run = of.runs.find(of.parents.pathTo(traps.state()), -1);
    int task = run.names().get(run.steps().size()).task[traps.task()];
    return new Counterexample(run.steps(), new Ending.Trap(task, traps.region()));
  }

  void put(CheckpointOut out) throws IOException {
    out.putText(whyUndecided);
    out.putBoolean(on());
    if (graph != null) {
      graph.put(out);
    }
    out.putInt(decided.size());
    for (Map.Entry<Property, Optional<Counterexample>> decision : decided.entrySet()) {
      StoredResult.put(decision.getKey(), out);
      out.putBoolean(decision.getValue().isPresent());
      if (decision.getValue().isPresent()) {
        StoredResult.put(decision.getValue().get(), out);
      }
    }
  }

  void take(CheckpointIn in) throws IOException {
    whyUndecided = in.getText();
    if (!in.getBoolean()) {
      graph = null;
    } else if (graph != null) {
      graph.take(in);
    }
    for (int left = in.getInt(); left > 0; left--) {
      Property property = StoredResult.property(in);
      decided.put(
          property,
          in.getBoolean() ? Optional.of(StoredResult.counterexample(in)) : Optional.empty());
    }
  }
}
