package dev.kstack.checks.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.bench.FilterLock;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTraceTest {

  @Test
  void everyStepHasOneNumberedLineAndTheEndSaysWhatBroke() {
    FilterLock program = new FilterLock(3, true);
    SearchResult result = new Explorer(program, Settings.DEFAULT).search();
    Run run =
        Run.of(
            program,
            Settings.DEFAULT.reductions(),
            result.found().get(FilterLock.MUTUAL_EXCLUSION));

    String trace =
        new TextTrace(List.of("filter lock, planted defect")).of(FilterLock.MUTUAL_EXCLUSION, run);

    String expected =
        """
        filter lock, planted defect

        step  who  task  function:line  operation -> result  what changed

        1  P0  Climber.run:N  try -> 1  level[0]: 0 -> 1
        2  P0  Climber.run:N  set last -> 2

        3  P1  Climber.run:N  try -> 1  level[1]: 0 -> 1
        """;
    assertTrue(withoutPlaces(trace).startsWith(expected), trace);
    assertEquals(10, trace.lines().filter(l -> l.matches(" +\\d+  P\\d .*")).count());
    assertTrue(
        trace.contains(
            """
            mutual-exclusion is VIOLATED in step 10.
              demanded   no two processes are in the critical section
            """),
        trace);
    assertTrue(
        trace.endsWith("  behind it  Peterson, Myths about the mutual exclusion problem, 1981\n"),
        trace);
  }

  @Test
  void wantOfFramesEndsWithWhoHasThem() {
    String trace = trace(StackProperties.NEVER_DOOMED);
    assertTrue(trace.contains("never runs again while nobody dies: too few frames"), trace);
    assertTrue(trace.contains("a page whose A bit is set is never reclaimed"), trace);
    assertTrue(trace.contains("needs all its 2 pages and lacks "), trace);
  }

  @Test
  void aLoopStandsBetweenTwoLinesAndTheEndSaysWhoWaits() {
    String trace = trace(StackProperties.RUNS_EVENTUALLY);
    int begins = trace.indexOf("\n-- loop --\n");
    int ends = trace.indexOf("\n-- and so on for ever");
    assertTrue(begins > 0 && ends > begins, trace);
    assertTrue(trace.substring(ends).contains("wants to run and need never"), trace);
    assertTrue(trace.substring(ends).contains("another user of frames has "), trace);
  }

  /** Of switch-out, where two threads of two pages share three frames. */
  private static String trace(Property property) {
    Design design =
        Designs.ALL.stream().filter(d -> d.name().equals("switch-out")).findFirst().orElseThrow();
    Kernel kernel =
        new Kernel(
            new Sizes(1, 2, 2, 3, 0, 0), design.decisions(), Assumptions.of(Hardware.MANUALS));
    SearchResult result = new Explorer(kernel, Settings.DEFAULT.withProgressOfTasks(true)).search();
    Run run = Run.of(kernel, Settings.DEFAULT.reductions(), result.found().get(property));
    return new TextTrace(List.of("switch-out")).of(property, run);
  }

  /** Without what changes with every edit of the program: its line numbers, and so the widths. */
  private static String withoutPlaces(String trace) {
    return trace
        .replaceAll("(?<=run:)\\d+", "N")
        .replaceAll("(?m)^ +", "")
        .replaceAll(" {2,}", "  ");
  }
}
