package dev.kstack.checks.jpf;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.live.LiveStep;
import dev.kstack.model.machine.Process;
import dev.kstack.spec.StackProperties;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a data race what Java PathFinder writes: between which threads it is, where in the model
 * these are, and which operations they have announced.
 */
final class JpfRaceReader {
  private static final String DETECTOR = "gov.nasa.jpf.listener.PreciseRaceDetector";
  private static final Pattern ACCESS =
      Pattern.compile(" +(\\S+) at dev\\.kstack\\.model\\.live\\.NextAccess\\..*");
  private static final Pattern THREAD = Pattern.compile("thread .*[{,]name:([^,}]+)[,}].*");

  /** The first of a thread that is none of the live machine's is the model's own. */
  private static final Pattern FRAME =
      Pattern.compile("\tat dev\\.kstack\\.model\\.(?!live\\.).*\\((\\w+\\.java):(\\d+)\\)");

  /** The first process runs on the thread that began. */
  private static final String FIRST = "main";

  private record Announced(boolean plain, LiveStep step) {}

  private final JpfTask task;
  private final List<String> threads = new ArrayList<>();
  private final Map<String, Matcher> frames = new HashMap<>();
  private final Map<Integer, Announced> next = new HashMap<>();
  private boolean seen;
  private @Nullable String thread;

  JpfRaceReader(JpfTask task) {
    this.task = task;
  }

  /** Does JPF report a data race? */
  boolean seen() {
    return seen;
  }

  /** A line about the error. */
  void error(String line) {
    seen |= line.equals(DETECTOR);
    Matcher access = ACCESS.matcher(line);
    if (access.matches()) {
      threads.add(access.group(1));
    }
  }

  /** A line about the stacks of threads. */
  void snapshot(String line) {
    Matcher head = THREAD.matcher(line);
    if (head.matches()) {
      thread = head.group(1);
    }
    Matcher frame = FRAME.matcher(line);
    if (thread != null && frame.matches()) {
      frames.putIfAbsent(thread, frame);
    }
  }

  /** What a process will do next, on the path to the error. */
  void announced(boolean plain, LiveStep step) {
    next.put(step.process(), new Announced(plain, step));
  }

  /** A process has done what it announced. */
  void stepped(int process) {
    next.remove(process);
  }

  /** The race, after these steps. */
  JpfOutcome outcome(List<LiveStep> path) {
    Announced plain = null;
    List<JpfAccess> accesses = new ArrayList<>();
    for (String name : threads) {
      int process = process(name);
      Matcher frame = frames.get(name);
      Announced announced = next.get(process);
      if (process < 0 || frame == null || announced == null) {
        return notUnderstood();
      }
      boolean first = plain == null && announced.plain();
      plain = first ? announced : plain;
      accesses.add(
          first ? 0 : accesses.size(),
          new JpfAccess(
              processes().get(process).name(), frame.group(1), Integer.parseInt(frame.group(2))));
    }
    if (plain == null || accesses.size() != 2) {
      return notUnderstood();
    }
    return new JpfOutcome.Violated(
        StackProperties.DATA_RACE_FREE.name(),
        ImmutableList.<LiveStep>builder().addAll(path).add(plain.step()).build(),
        ImmutableList.copyOf(accesses));
  }

  private static JpfOutcome notUnderstood() {
    return new JpfOutcome.Broken("JPF reports a data race, but not between which operations");
  }

  private List<Process> processes() {
    return task.job().kernel().processes();
  }

  /** The number of the process on a thread; -1 if there is none. */
  private int process(String name) {
    if (name.equals(FIRST)) {
      return 0;
    }
    List<Process> processes = processes();
    for (int p = 0; p < processes.size(); p++) {
      if (processes.get(p).name().equals(name)) {
        return p;
      }
    }
    return -1;
  }
}
