package dev.kstack.checks.ci;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import org.jspecify.annotations.Nullable;

/** Where in the sources something stands, relative to the root of the project. */
final class SourceLines {
  /** Where a search is declared that has no run to point at. */
  static final Place DESIGNS =
      new Place("model/src/main/java/dev/kstack/model/design/Designs.java", 1);

  private SourceLines() {}

  /**
   * A place.
   *
   * @param file with {@code /} between folders
   * @param line from 1
   */
  record Place(String file, int line) {}

  /** Of an operation. */
  static Place of(Event event) {
    String module =
        event.folder().startsWith("dev/kstack/model")
            ? "model"
            : event.folder().startsWith("dev/kstack/spec") ? "spec" : "checks";
    return new Place(
        "%s/src/main/java/%s/%s".formatted(module, event.folder(), event.file()),
        Math.max(1, event.line()));
  }

  /** Where the run of an issue ends: its last operation that others can notice. */
  static Place of(Issue issue, Reductions reductions) {
    Run run = run(issue, reductions);
    if (run == null || run.steps().isEmpty()) {
      return DESIGNS;
    }
    ImmutableList<Event> last = run.steps().get(run.steps().size() - 1).noticeable();
    return last.isEmpty() ? DESIGNS : of(last.get(last.size() - 1));
  }

  /** What happens in the run of an issue; null if it has none. */
  static @Nullable Run run(Issue issue, Reductions reductions) {
    return issue.finding() == null || issue.finding().run() == null
        ? null
        : Run.of(issue.run().job().program(), reductions, issue.finding().run());
  }
}
