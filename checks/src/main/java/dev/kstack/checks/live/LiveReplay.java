package dev.kstack.checks.live;

import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Ints;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.report.Replay;
import dev.kstack.checks.report.StoredTrace;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.live.LiveRun;
import dev.kstack.model.live.ScriptedChooser;
import dev.kstack.model.live.ScriptedSchedule;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;

/**
 * A stored trace, taken again on real threads: a thread a process, ordinary Java memory, operations
 * in the order of the trace. The explorer says only how many operations a step has.
 */
public final class LiveReplay {
  private final StoredTrace trace;
  private final Program program;

  private LiveReplay(StoredTrace trace) {
    this.trace = trace;
    program = trace.job().program();
  }

  /**
   * Takes it again.
   *
   * @throws UsageException if it is about progress: no end of a run shows that on threads
   */
  public static Replay of(StoredTrace trace) throws InterruptedException {
    if (trace.property().kind() == Property.Kind.PROGRESS) {
      throw new UsageException(
          "--engine live: %s is about all that can come after the run, which threads do not show;"
                  .formatted(trace.property())
              + " the explorer replays it: --engine explorer");
    }
    return new LiveReplay(trace).take();
  }

  private Replay take() throws InterruptedException {
    Run run;
    try {
      run = Run.of(program, trace.stored().grain().reductions(), trace.stored().run());
    } catch (ModelError e) {
      return Replay.refuted(trace, e.getMessage());
    }
    int[] schedule = schedule(run);
    LiveRun live =
        LiveRun.scheduled(
            program,
            new ScriptedSchedule(schedule, waiting(run)),
            this::choices,
            ImmutableSet.of(trace.property()));
    if (live.error() != null) {
      return Replay.refuted(trace, "on real threads, " + live.error().getMessage());
    }
    if (!live.raised().contains(trace.property())) {
      return Replay.refuted(
          trace,
          "the run is possible on real threads, but %s is not broken or reached at its end"
              .formatted(trace.property()));
    }
    int last = operations(run.steps().get(run.steps().size() - 1));
    if (live.steps().size() <= schedule.length - last) {
      return Replay.refuted(
          trace,
          "on real threads it ends after %d of %d operations already"
              .formatted(live.steps().size(), schedule.length));
    }
    return new Replay(
        true,
        Replay.text(trace, run)
            + "%nConfirmed: %d threads make the same run, %d operations, to the same end.%n"
                .formatted(program.processes().size(), live.steps().size()));
  }

  /** Who does each operation. */
  private int[] schedule(Run run) {
    List<Integer> schedule = new ArrayList<>();
    for (Run.Step step : run.steps()) {
      int process = trace.stored().run().steps().get(step.number() - 1).process();
      for (int operations = operations(step); operations > 0; operations--) {
        schedule.add(process);
      }
    }
    return Ints.toArray(schedule);
  }

  private static int operations(Run.Step step) {
    return (int) step.events().stream().filter(event -> !event.choice()).count();
  }

  /** Everything that the process chooses in the run. */
  private ScriptedChooser choices(int process) {
    List<Integer> choices = new ArrayList<>();
    for (Counterexample.Step step : trace.stored().run().steps()) {
      if (step.process() == process) {
        choices.addAll(step.choices());
      }
    }
    return new ScriptedChooser(Ints.toArray(choices));
  }

  private int[] waiting(Run run) {
    List<String> names = run.waiting().stream().map(Run.Waiting::process).toList();
    List<Process> processes = program.processes();
    List<Integer> waiting = new ArrayList<>();
    for (int p = 0; p < processes.size(); p++) {
      if (names.contains(processes.get(p).name())) {
        waiting.add(p);
      }
    }
    return Ints.toArray(waiting);
  }
}
