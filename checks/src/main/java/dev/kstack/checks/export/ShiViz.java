package dev.kstack.checks.export;

import static java.util.stream.Collectors.joining;

import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.checks.report.TakenTrace;
import dev.kstack.checks.trace.Origins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A log with vector clocks for ShiViz (https://bestchai.bitbucket.io/shiviz/): who could know of
 * what. A step knows of the earlier ones of its context, and of those whose values it read or whose
 * locks it took, and of all that these knew of.
 *
 * <p>The first line is the expression that ShiViz is to parse the log with, the second, which is
 * empty, what separates executions; it reads both from the file.
 */
public final class ShiViz {
  static final String EXPRESSION = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";

  private ShiViz() {}

  /** The log. */
  public static String of(TakenTrace taken) {
    Run run = taken.run();
    Origins origins = Origins.of(run);
    StringBuilder log = new StringBuilder(EXPRESSION).append("\n\n");
    List<Map<String, Integer>> clocks = new ArrayList<>();
    Map<String, Map<String, Integer>> now = new HashMap<>();
    for (Step step : run.steps()) {
      Map<String, Integer> clock = new TreeMap<>(now.getOrDefault(step.process(), Map.of()));
      for (int origin : origins.ofSteps().get(step.number() - 1)) {
        if (origin > 0) {
          clocks.get(origin - 1).forEach((context, time) -> clock.merge(context, time, Math::max));
        }
      }
      clock.merge(step.process(), 1, Integer::sum);
      clocks.add(clock);
      now.put(step.process(), clock);
      log.append(step.process()).append(' ').append(json(clock)).append('\n');
      log.append(step.number()).append(": ").append(events(step)).append('\n');
    }
    return log.toString();
  }

  private static String events(Step step) {
    return step.noticeable().stream().map(Event::text).collect(joining("; "));
  }

  private static String json(Map<String, Integer> clock) {
    return clock.entrySet().stream()
        .map(e -> "\"%s\":%d".formatted(e.getKey(), e.getValue()))
        .collect(joining(", ", "{", "}"));
  }
}
