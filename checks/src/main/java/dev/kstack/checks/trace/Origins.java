package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What let an operation happen as it did: the last step of another context that changed its word,
 * or released its lock. Of what an instruction reads by the way (a page walk) nothing is said.
 *
 * @param ofSteps for each step and each of its operations the number of that step; 0 if nobody else
 *     has changed the word, or the same context has since
 */
public record Origins(ImmutableList<ImmutableList<Integer>> ofSteps) {
  /** Who changed a word last. */
  private record Writer(int step, String process) {}

  /** Of a run. */
  public static Origins of(Run run) {
    Map<String, Writer> writers = new HashMap<>();
    ImmutableList.Builder<ImmutableList<Integer>> steps = ImmutableList.builder();
    for (Step step : run.steps()) {
      Map<String, Writer> before = new HashMap<>(writers);
      ImmutableList.Builder<Integer> events = ImmutableList.builder();
      for (Event event : step.events()) {
        Writer writer = before.get(event.word());
        boolean others =
            writer != null && event.reads() && !writer.process().equals(step.process());
        events.add(others ? writer.step() : 0);
        for (String word : changed(event)) {
          writers.put(word, new Writer(step.number(), step.process()));
          before.remove(word);
        }
      }
      steps.add(events.build());
    }
    return new Origins(steps.build());
  }

  /** The words that an operation gives another value, and the lock that it releases. */
  private static List<String> changed(Event event) {
    if (event.changes().isEmpty()) {
      boolean releases = !event.reads() && event.operation().startsWith("spin_unlock");
      return releases ? List.of(event.word()) : List.of();
    }
    return event.changes().stream().map(c -> c.substring(0, c.indexOf(": "))).toList();
  }

  /** The latest of the steps that let this one happen; 0 if there is none. */
  public int ofStep(int number) {
    return ofSteps.get(number - 1).stream().mapToInt(Integer::intValue).max().orElse(0);
  }
}
