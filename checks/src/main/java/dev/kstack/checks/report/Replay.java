package dev.kstack.checks.report;

import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.checks.trace.TextTrace;
import dev.kstack.model.machine.ModelError;
import dev.kstack.spec.Property;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stored trace, taken again.
 *
 * @param confirmed does it end as it says?
 * @param text the trace as text if it does; else where it went another way
 */
public record Replay(boolean confirmed, String text) {
  /** The explorer takes it again, step by step, in the model as it is now. */
  public static Replay of(StoredTrace trace) {
    Run run;
    try {
      run =
          Run.of(trace.job().program(), trace.stored().grain().reductions(), trace.stored().run());
    } catch (ModelError e) {
      return refuted(trace, e.getMessage());
    }
    String objection = objection(trace, run);
    if (objection != null) {
      return refuted(trace, objection);
    }
    boolean progress = trace.property().kind() == Property.Kind.PROGRESS;
    return new Replay(
        true,
        text(trace, run)
            + "\nConfirmed: the explorer takes the same run to the same end."
            + (progress
                ? " That nothing else comes\nafter it is what the search found; replay does not search.\n"
                : "\n"));
  }

  /** Why a run that is possible does not end as the trace says; null if it does. */
  public static @Nullable String objection(StoredTrace trace, Run run) {
    if (trace.property().kind() == Property.Kind.PROGRESS) {
      return objectionOfProgress(trace, run);
    }
    return run.raised().contains(trace.property())
        ? null
        : "the run is possible, but at its end %s".formatted(raised(run));
  }

  /**
   * No end of a run breaks a claim about progress: the stored ending says what the search found
   * behind it. Of that, replay sees what is true at the end.
   */
  private static @Nullable String objectionOfProgress(StoredTrace trace, Run run) {
    if (trace.stored().run().ending() instanceof Ending.Here) {
      return "the run is possible, but the trace does not store how it goes on: no end of a run breaks"
          + " %s".formatted(trace.property());
    }
    Run.Held held = run.held();
    if (held == null || held.runs()) {
      return "the run is possible, but the task that is never to run does at its end";
    }
    return held.closes()
        ? null
        : "the run is possible, but its loop does not lead back to where it began";
  }

  private static String raised(Run run) {
    return run.raised().isEmpty()
        ? "nothing is violated or reached"
        : run.raised().stream().map(Property::name).collect(Collectors.joining(", "))
            + (run.raised().size() == 1 ? " is" : " are")
            + " violated or reached";
  }

  /** Why it does not go as the trace says. */
  public static Replay refuted(StoredTrace trace, String why) {
    return new Replay(
        false,
        "Refuted: %s under %s does not go to %s as the trace says: %s\n"
            .formatted(trace.job().name(), trace.job().assumptions(), trace.property(), why));
  }

  /** The trace for people. */
  public static String text(StoredTrace trace, Run run) {
    return new TextTrace(heading(trace)).of(trace.property(), run);
  }

  /** What stands above the steps of a stored run. */
  static List<String> heading(StoredTrace trace) {
    return RunTraces.heading(
        trace.job(),
        "a stored run that %s %s: %s"
            .formatted(
                trace.property().kind() == Property.Kind.SANITY ? "reaches" : "violates",
                trace.property(),
                RunTraces.length(trace.stored().run())));
  }
}
