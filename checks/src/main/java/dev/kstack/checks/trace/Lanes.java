package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as a diagram of lanes, one for each context that takes a step, in plain characters: 72
 * columns, so that it can be pasted in a mail. Time goes down. With more than five lanes it is
 * wider.
 */
public final class Lanes {
  public static final int WIDTH = 72;

  private static final int NUMBER_WIDTH = 5;
  private static final int LEAST_LANE = 13;
  private static final int GAP = 1;
  private static final String HANGING = "  ";
  private static final String AFTER_WHICH_TO_BREAK = " ,(|";

  private final ImmutableList<String> heading;

  /** With lines that say what was searched. */
  public Lanes(List<String> heading) {
    this.heading =
        heading.stream()
            .flatMap(l -> l.isEmpty() ? List.of(l).stream() : wrap(l, WIDTH, "").stream())
            .collect(ImmutableList.toImmutableList());
  }

  /** The run, and what it means for the property. */
  public String of(Property property, Run run) {
    List<String> contexts = run.steps().stream().map(Step::process).distinct().sorted().toList();
    int lane = contexts.isEmpty() ? 0 : (WIDTH - NUMBER_WIDTH) / contexts.size();
    int width = Math.max(LEAST_LANE, lane);
    List<String> lines = new ArrayList<>(heading);
    lines.add("");
    lines.add(row("step", contexts, contexts, width));
    String before = "";
    for (Step step : run.steps()) {
      boolean loops = step.number() == StepTable.loopFrom(run) + 1;
      if (loops || !step.process().equals(before)) {
        lines.add(row("", contexts, bars(contexts, "", ""), width));
      }
      if (loops) {
        lines.add("-- loop " + "-".repeat(WIDTH - 8));
      }
      before = step.process();
      String number = "%4d".formatted(step.number());
      for (String text : texts(step, width - GAP)) {
        lines.add(row(number, contexts, bars(contexts, before, text), width));
        number = "";
      }
    }
    if (StepTable.loopFrom(run) >= 0) {
      lines.add("-- and so on for ever " + "-".repeat(WIDTH - 22));
    }
    lines.add("");
    lines.addAll(TextTrace.ending(property, run, WIDTH));
    return String.join("\n", lines) + "\n";
  }

  /** What stands in each lane while one of them acts. */
  private static List<String> bars(List<String> contexts, String acts, String text) {
    return contexts.stream().map(context -> context.equals(acts) ? text : "|").toList();
  }

  private static String row(String number, List<String> contexts, List<String> cells, int width) {
    StringBuilder line = new StringBuilder("%-5s".formatted(number));
    for (int i = 0; i < contexts.size(); i++) {
      line.append(cells.get(i)).append(" ".repeat(Math.max(0, width - cells.get(i).length())));
    }
    return line.toString().stripTrailing();
  }

  private static List<String> texts(Step step, int width) {
    List<String> lines = new ArrayList<>();
    for (Event event : step.noticeable()) {
      lines.addAll(wrap(event.text(), width, HANGING));
    }
    return lines.isEmpty() ? List.of(".") : lines;
  }

  /**
   * Breaks a line that is too long behind a blank or a sign of punctuation, and where there is none
   * wherever it must.
   */
  static List<String> wrap(String text, int width, String hanging) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int at = width;
      int least = lines.isEmpty() ? leadingBlanks(rest) + 1 : hanging.length() + 1;
      while (at > least && AFTER_WHICH_TO_BREAK.indexOf(rest.charAt(at - 1)) < 0) {
        at--;
      }
      if (at <= least) {
        at = width;
      }
      lines.add(rest.substring(0, at).stripTrailing());
      rest = hanging + rest.substring(at).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  private static int leadingBlanks(String text) {
    return text.length() - text.stripLeading().length();
  }
}
