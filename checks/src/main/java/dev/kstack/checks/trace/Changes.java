package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import java.util.Map;

/** The words that a step gives other values. */
public final class Changes {
  private Changes() {}

  /** A word with its values before and after; of a lock, who holds it, and empty if nobody. */
  public record Change(String word, String before, String after) {}

  /** Of the step of that number, in the order of the words. */
  public static ImmutableList<Change> of(Run run, int number) {
    Map<String, String> before = number == 1 ? run.initial() : run.steps().get(number - 2).words();
    ImmutableList.Builder<Change> changes = ImmutableList.builder();
    run.steps()
        .get(number - 1)
        .words()
        .forEach(
            (word, after) -> {
              String was = before.getOrDefault(word, "");
              if (!was.equals(after)) {
                changes.add(new Change(word, was, after));
              }
            });
    return changes.build();
  }
}
