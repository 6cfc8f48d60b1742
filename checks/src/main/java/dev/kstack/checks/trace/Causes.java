package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why the last step goes wrong: since when the thread in it lacks pages, or a TLB knows an old
 * translation of its stack; and who waits for whom.
 */
record Causes(Run run) {
  private static final Pattern TASK = Pattern.compile("\\b([A-Z])(?:\\.|'s )");

  private static final String ARROW = " -> ";

  /** A word got a value, in an operation of a step. */
  private record Change(Step step, Event event, String value) {}

  ImmutableList<String> lines() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (String task : tasksOfLastStep()) {
      for (Map.Entry<String, String> word : run.words().entrySet()) {
        if (word.getKey().startsWith(task + ".pte[") && word.getValue().equals("0")) {
          addSince(word.getKey(), lastChange(word.getKey(), run.steps().size()), lines);
        } else if (word.getKey().startsWith(task + ".tlb[")) {
          addTlb(word.getKey(), lines);
        }
      }
    }
    return lines.addAll(waiting(run)).build();
  }

  /** The plain accesses of the last step, and what races with each. */
  ImmutableList<String> races() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    for (Step step : run.steps().subList(Math.max(0, run.steps().size() - 1), run.steps().size())) {
      for (Event event : step.events()) {
        if (!event.races().isEmpty()) {
          lines.add(
              "%s in %s:%d, %s, is a plain access, and at the same time possible is: %s"
                  .formatted(
                      step.process(),
                      event.function(),
                      event.line(),
                      event.operation(),
                      event.races()));
        }
      }
    }
    return lines.build();
  }

  /** The rules of locking that the last step breaks. */
  ImmutableList<String> brokenRules() {
    return run.steps().subList(Math.max(0, run.steps().size() - 1), run.steps().size()).stream()
        .flatMap(step -> step.events().stream())
        .map(Event::breaks)
        .filter(breaks -> !breaks.isEmpty())
        .collect(ImmutableList.toImmutableList());
  }

  /** Who waits at the end, and for what. */
  static ImmutableList<String> waiting(Run run) {
    return run.waiting().stream()
        .map(
            w ->
                "%s waits in %s:%d for %s".formatted(w.process(), w.function(), w.line(), w.what()))
        .collect(ImmutableList.toImmutableList());
  }

  /** A translation that a TLB knew when the last step began, and what the PTE has become since. */
  private void addTlb(String entry, ImmutableList.Builder<String> lines) {
    Change cached = lastChange(entry, run.steps().size() - 1);
    if (cached != null && !cached.value().equals("0")) {
      addSince(entry, cached, lines);
      String pte = entry.replaceFirst("\\.tlb\\[C\\d+]", ".pte");
      Change changed = lastChange(pte, run.steps().size() - 1);
      if (changed != null && !changed.value().equals("0")) {
        addSince(pte, changed, lines);
      }
    }
  }

  private static void addSince(
      String word, @Nullable Change change, ImmutableList.Builder<String> lines) {
    if (change != null) {
      lines.add(
          "%s is %s since step %d: %s in %s:%d, %s"
              .formatted(
                  word,
                  change.value(),
                  change.step().number(),
                  change.step().process(),
                  change.event().function(),
                  change.event().line(),
                  change.event().text()));
    }
  }

  /** The last change of a word in the first so many steps; null if there is none. */
  private @Nullable Change lastChange(String word, int steps) {
    Change last = null;
    for (Step step : run.steps().subList(0, steps)) {
      for (Event event : step.events()) {
        for (String change : event.changes()) {
          if (change.startsWith(word + ": ")) {
            last =
                new Change(step, event, change.substring(change.indexOf(ARROW) + ARROW.length()));
          }
        }
      }
    }
    return last;
  }

  private TreeSet<String> tasksOfLastStep() {
    TreeSet<String> tasks = new TreeSet<>();
    if (run.steps().isEmpty()) {
      return tasks;
    }
    Step step = run.steps().get(run.steps().size() - 1);
    tasks.add(step.actingFor());
    for (Event event : step.events()) {
      TASK.matcher(event.operation()).results().forEach(m -> tasks.add(m.group(1)));
      event
          .changes()
          .forEach(change -> TASK.matcher(change).results().forEach(m -> tasks.add(m.group(1))));
    }
    return tasks;
  }
}
