package dev.kstack.checks.jpf;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.live.FlatRun;
import dev.kstack.model.live.LiveStep;
import dev.kstack.model.live.StepCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Java PathFinder writes, line by line, and believes little of it: JPF says {@code no
 * errors detected} also when a limit ended the search, or when it gave up a program that it does
 * not understand.
 */
final class JpfReportReader {
  private static final Pattern TOPIC = Pattern.compile("={30,} (.*?)( #?\\d+|:.*)?");
  private static final Pattern VIOLATION =
      Pattern.compile("java\\.lang\\.AssertionError: kstack-violated ([a-z-]+)");
  private static final Pattern PLAIN =
      Pattern.compile("java\\.lang\\.AssertionError: kstack-plain (.+)");
  private static final Pattern STATES =
      Pattern.compile("states: +new=(\\d+),visited=(\\d+),backtracked=(\\d+),end=(\\d+)");
  private static final Pattern SEARCH = Pattern.compile("search: +maxDepth=(\\d+),.*");
  private static final Pattern CHOICES = Pattern.compile("choice generators: +thread=(\\d+) .*");
  private static final Pattern MEMORY = Pattern.compile("max memory: +(\\d+)MB");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final String NO_ERRORS = "no errors detected";

  /** What JPF writes when it does not understand something. */
  private static final Pattern TROUBLE =
      Pattern.compile(
          "\\[SEVERE\\].*|.*JPF(Config|Listener|NativePeer)?Exception.*|.*UnsatisfiedLinkError.*"
              + "|.*JPF out of memory.*|.*NoClassDefFoundError.*|.*ClassNotFoundException.*");

  private final JpfTask task;
  private final JpfRaceReader race;
  private final BitSet stepped = new BitSet();
  private final List<LiveStep> path = new ArrayList<>();
  private String topic = "";

  /** What the line before said of the next; 0 if nothing. */
  private long next;

  private boolean ended;
  private boolean noErrors;
  private boolean finished;
  private @Nullable String constraint;
  private @Nullable String error;
  private @Nullable String violated;
  private @Nullable String unannounced;
  private @Nullable String trouble;
  private long newStates = -1;
  private long visited;
  private long backtracked;
  private int depth;
  private long threadChoices;
  private long megabytes;

  JpfReportReader(JpfTask task) {
    this.task = task;
    race = new JpfRaceReader(task);
  }

  void line(String line) {
    if (NUMBER.matcher(line).matches()) {
      number(Long.parseLong(line));
      return;
    }
    if (line.equals(JpfTarget.END)) {
      ended = true;
      return;
    }
    Matcher head = TOPIC.matcher(line);
    if (head.matches()) {
      topic = head.group(1);
      return;
    }
    if (trouble == null && TROUBLE.matcher(line).matches()) {
      trouble = line.strip();
    }
    if (line.isBlank()) {
      return;
    }
    switch (topic) {
      case "search constraint" -> constraint = constraint == null ? line.strip() : constraint;
      case "error" -> error(line);
      case "snapshot" -> race.snapshot(line);
      case "results" -> noErrors |= line.equals(NO_ERRORS);
      case "statistics" -> statistic(line);
      default -> {}
    }
  }

  /** An operation, of the search while it goes on or of the path to the error; or one to come. */
  private void number(long code) {
    boolean onPath = topic.equals("output");
    if (code == FlatRun.NEXT_PLAIN || code == FlatRun.NEXT_MARKED) {
      next = code;
    } else if (next != 0) {
      if (onPath) {
        race.announced(next == FlatRun.NEXT_PLAIN, StepCode.read(code));
      }
      next = 0;
    } else {
      LiveStep step = StepCode.read(code);
      if (onPath) {
        path.add(step);
        race.stepped(step.process());
      } else {
        stepped.set(step.process());
      }
    }
  }

  private void error(String line) {
    error = error == null ? line.strip() : error;
    race.error(line);
    Matcher plain = PLAIN.matcher(line.strip());
    if (plain.matches()) {
      unannounced = plain.group(1);
    }
    Matcher violation = VIOLATION.matcher(line.strip());
    if (violation.matches()) {
      violated = violation.group(1);
    } else if (violated == null && line.contains("Error: ") || line.contains("Exception: ")) {
      error = line.strip();
    }
  }

  private void statistic(String line) {
    Matcher states = STATES.matcher(line);
    if (states.matches()) {
      newStates = Long.parseLong(states.group(1));
      visited = Long.parseLong(states.group(2));
      backtracked = Long.parseLong(states.group(3));
      finished = true;
    }
    Matcher search = SEARCH.matcher(line);
    if (search.matches()) {
      depth = Integer.parseInt(search.group(1));
    }
    Matcher choices = CHOICES.matcher(line);
    if (choices.matches()) {
      threadChoices = Long.parseLong(choices.group(1));
    }
    Matcher memory = MEMORY.matcher(line);
    if (memory.matches()) {
      megabytes = Long.parseLong(memory.group(1));
    }
  }

  /**
   * What it comes to.
   *
   * @param killed was JPF ended because its time was over?
   */
  JpfSearch result(boolean killed, double seconds) {
    JpfStatistics statistics =
        finished
            ? new JpfStatistics(newStates, visited, depth, threadChoices, seconds, megabytes)
            : null;
    return new JpfSearch(task, outcome(killed), statistics);
  }

  private JpfOutcome outcome(boolean killed) {
    if (violated != null) {
      return new JpfOutcome.Violated(violated, ImmutableList.copyOf(path), ImmutableList.of());
    }
    if (unannounced != null && !task.announced().contains(unannounced)) {
      return new JpfOutcome.Unannounced(unannounced);
    }
    if (race.seen()) {
      return race.outcome(path);
    }
    if (error != null) {
      return new JpfOutcome.Broken("JPF reports an error that is no violation: " + error);
    }
    if (killed) {
      return new JpfOutcome.Stopped("the budget of seconds is used up");
    }
    if (constraint != null) {
      return new JpfOutcome.Stopped("JPF: " + constraint);
    }
    if (trouble != null) {
      return trouble.contains("out of memory")
          ? new JpfOutcome.Stopped("the budget of memory is used up")
          : new JpfOutcome.Broken("JPF: " + trouble);
    }
    String missing = missingProof();
    return missing == null
        ? new JpfOutcome.Exhausted()
        : new JpfOutcome.Broken("JPF says '%s', but %s".formatted(NO_ERRORS, missing));
  }

  /** Why its word that there is no error proves nothing; null if it does. */
  private @Nullable String missingProof() {
    if (!noErrors || !finished) {
      return "its report is not complete";
    }
    if (threadChoices == 0) {
      return "no threads were switched";
    }
    if (stepped.cardinality() != task.processes()) {
      return "only %d of %d processes took steps"
          .formatted(stepped.cardinality(), task.processes());
    }
    if (backtracked != newStates + visited) {
      return "it left only %,d of the %,d states that it came to"
          .formatted(backtracked, newStates + visited);
    }
    if (!task.endless() && !ended) {
      return "the program never came to its end";
    }
    return null;
  }
}
