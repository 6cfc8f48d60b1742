package dev.kstack.checks.report;

import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.Story;
import dev.kstack.checks.trace.StoredRun;
import dev.kstack.model.machine.ModelError;
import java.util.List;

/**
 * A stored trace, and what happens in it when it is taken again: everything that a view or an
 * export needs.
 *
 * @param trace the trace
 * @param run what happens in it
 */
public record TakenTrace(StoredTrace trace, Run run) {
  /**
   * Takes it again.
   *
   * @throws RefutedException if the model, as it is now, does not allow it, or it ends otherwise
   */
  public static TakenTrace of(StoredTrace trace) throws RefutedException {
    try {
      Run run =
          Run.of(trace.job().program(), trace.stored().grain().reductions(), trace.stored().run());
      String objection = Replay.objection(trace, run);
      if (objection == null) {
        return new TakenTrace(trace, run);
      }
      throw new RefutedException(Replay.refuted(trace, objection).text());
    } catch (ModelError e) {
      throw new RefutedException(Replay.refuted(trace, String.valueOf(e.getMessage())).text());
    }
  }

  /** The steps of it that matter, in the order with the fewest changes of context. */
  public Story story() {
    return Story.of(
        trace.job().program(),
        trace.stored().grain().reductions(),
        trace.stored().run(),
        trace.property());
  }

  /** The same trace with another run, which must come to the same end. */
  public TakenTrace with(Counterexample other) throws RefutedException {
    StoredRun s = trace.stored();
    return of(
        new StoredTrace(
            trace.job(),
            trace.property(),
            new StoredRun(
                s.design(),
                s.defect(),
                s.assumptions(),
                s.config(),
                s.property(),
                other,
                s.grain(),
                s.broken())));
  }

  /** What stands above its steps. */
  public List<String> heading() {
    return Replay.heading(trace);
  }

  /** The trace does not end as it says. The message is for people, in one line. */
  public static final class RefutedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefutedException(String message) {
      super(message.strip());
    }
  }
}
