package dev.kstack.checks.export;

import com.google.common.base.CaseFormat;
import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.live.LiveSchedule;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.TakenTrace;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import java.util.List;

/**
 * A test for JUnit 5 (https://docs.junit.org) that takes the run again on real threads: red as long
 * as it ends with the violation, green as soon as the model does not allow the run, or nothing is
 * violated at its end. It needs the classes of kstack, and no file.
 */
public final class JUnitTest {
  private static final int NUMBERS_A_LINE = 24;

  private JUnitTest() {}

  /**
   * The source of the test.
   *
   * @throws UsageException if the trace is of no violation that one run shows
   */
  public static String of(TakenTrace taken) {
    Property property = taken.trace().property();
    if (property.kind() == Property.Kind.PROGRESS || property.kind() == Property.Kind.SANITY) {
      throw new UsageException(
          "--to junit: no single run violates %s; a trace of a safety property can be a test,"
                  .formatted(property)
              + " such as one of no-stack-fault");
    }
    Job job = taken.trace().job();
    Run run = taken.run();
    LiveSchedule schedule = LiveSchedule.of(taken.trace().stored().run(), run, job.program());
    Sizes s = job.sizes();
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    lines.add(
        "import static org.junit.jupiter.api.Assertions.assertFalse;",
        "",
        "import dev.kstack.checks.report.Catalogue;",
        "import dev.kstack.checks.report.Job;",
        "import dev.kstack.model.design.Designs;",
        "import dev.kstack.model.kernel.Assumptions;",
        "import dev.kstack.model.kernel.Sizes;",
        "import dev.kstack.model.live.LiveRun;",
        "import dev.kstack.model.live.ScriptedChooser;",
        "import dev.kstack.model.live.ScriptedSchedule;",
        "import dev.kstack.spec.StackProperties;",
        "import java.util.Set;",
        "import org.junit.jupiter.api.Test;",
        "",
        "/**",
        " * A run of %s on real threads, operation by operation. It fails while the run"
            .formatted(job.name()),
        " * ends with a violation of %s, and passes when the model does not allow it any"
            .formatted(property),
        " * more, or does not violate it.",
        " */",
        "class %s {".formatted(className(job, property)),
        "  /** %s. */".formatted(Job.inWords(s)),
        "  private static final Job JOB =",
        "      new Job(",
        "          new Catalogue(Designs.ALL).find(\"%s\"),".formatted(job.name()),
        "          Assumptions.parse(\"%s\"),".formatted(job.assumptions().label()),
        "          new Sizes(%d, %d, %d, %d, %d, %d));"
            .formatted(s.cpus(), s.threads(), s.pages(), s.frames(), s.reserve(), s.speculation()),
        "");
    addSteps(lines, run);
    lines.add("", "  /** Who does each operation: the number of the process. */");
    lines.add("  private static final int[] TURNS = {");
    addNumbers(lines, schedule.turns());
    lines.add("  };", "");
    lines.add("  /** What each process chooses, or its environment for it. */");
    lines.add("  private static final int[][] CHOICES = {");
    for (ImmutableList<Integer> choices : schedule.choices()) {
      lines.add("    {%s},".formatted(Joiner.on(", ").join(choices)));
    }
    lines.add("  };", "", "  /** Who cannot go on at the end. */");
    lines.add(
        "  private static final int[] WAITING = {%s};"
            .formatted(Joiner.on(", ").join(schedule.waiting())));
    lines.add(
        "",
        "  @Test",
        "  void %s() throws InterruptedException {".formatted(methodName(property)),
        "    LiveRun run =",
        "        LiveRun.scheduled(",
        "            JOB.program(),",
        "            new ScriptedSchedule(TURNS, WAITING),",
        "            process -> new ScriptedChooser(process < CHOICES.length ? CHOICES[process] : new int[0]),",
        "            Set.of(StackProperties.%s));".formatted(constant(property)),
        "    assertFalse(",
        "        run.raised().contains(StackProperties.%s),".formatted(constant(property)),
        "        () -> \"%s is violated after \" + run.steps().size() + \" operations\");"
            .formatted(property),
        "  }",
        "}");
    return Joiner.on('\n').join(lines.build()) + "\n";
  }

  /** For people: the run in the words of the other forms. */
  private static void addSteps(ImmutableList.Builder<String> lines, Run run) {
    lines.add("  // The processes: who does what, step by step.");
    for (Run.Step step : run.steps()) {
      for (Run.Event event : step.noticeable()) {
        lines.add(
            "  // %3d %-2s %s: %s"
                .formatted(step.number(), step.process(), event.function(), event.text())
                .replace("\\", "/") // javac reads escapes in comments, too
                .replaceAll("\\R", " "));
      }
    }
  }

  private static void addNumbers(ImmutableList.Builder<String> lines, List<Integer> numbers) {
    for (int from = 0; from < numbers.size(); from += NUMBERS_A_LINE) {
      List<Integer> some = numbers.subList(from, Math.min(numbers.size(), from + NUMBERS_A_LINE));
      lines.add("    %s,".formatted(Joiner.on(", ").join(some)));
    }
  }

  /** As in {@code SwitchOutH8ManualsNoStackFaultTest}. */
  public static String className(Job job, Property property) {
    StringBuilder name = new StringBuilder();
    for (String part :
        Splitter.onPattern("[^A-Za-z0-9]+")
            .omitEmptyStrings()
            .split("%s-%s-%s".formatted(job.name(), job.assumptions().label(), property.name()))) {
      name.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
    }
    return name.append("Test").toString();
  }

  private static String methodName(Property property) {
    return CaseFormat.LOWER_HYPHEN.to(CaseFormat.LOWER_CAMEL, property.name()) + "InThisRun";
  }

  private static String constant(Property property) {
    return CaseFormat.LOWER_HYPHEN.to(CaseFormat.UPPER_UNDERSCORE, property.name());
  }
}
