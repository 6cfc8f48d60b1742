package dev.kstack.checks.live;

import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.Ints;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.report.Replay;
import dev.kstack.checks.report.StoredTrace;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.live.LiveRun;
import dev.kstack.model.live.ScriptedChooser;
import dev.kstack.model.live.ScriptedSchedule;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;

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
   * @throws UsageException if it is about progress, which no end of a run shows on threads, or
   *     about the rules of locking, which they do not know
   */
  public static Replay of(StoredTrace trace) throws InterruptedException {
    if (trace.property().kind() == Property.Kind.PROGRESS) {
      throw new UsageException(
          "--engine live: %s is about all that can come after the run, which threads do not show;"
                  .formatted(trace.property())
              + " the explorer replays it: --engine explorer");
    }
    if (trace.property().equals(StackProperties.LOCKING_RULES)) {
      throw new UsageException(
          "--engine live: threads do not know whose locks protect what: the explorer replays it:"
              + " --engine explorer");
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
    LiveSchedule schedule = LiveSchedule.of(trace.stored().run(), run, program);
    LiveRun live =
        LiveRun.scheduled(
            program,
            new ScriptedSchedule(Ints.toArray(schedule.turns()), Ints.toArray(schedule.waiting())),
            process -> new ScriptedChooser(Ints.toArray(schedule.choices().get(process))),
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
    int last = LiveSchedule.operations(run.steps().get(run.steps().size() - 1));
    if (live.steps().size() <= schedule.turns().size() - last) {
      return Replay.refuted(
          trace,
          "on real threads it ends after %d of %d operations already"
              .formatted(live.steps().size(), schedule.turns().size()));
    }
    return new Replay(
        true,
        Replay.text(trace, run)
            + "%nConfirmed: %d threads make the same run, %d operations, to the same end.%n"
                .formatted(program.processes().size(), live.steps().size()));
  }
}
