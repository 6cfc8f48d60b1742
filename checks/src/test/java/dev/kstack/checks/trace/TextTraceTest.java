package dev.kstack.checks.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.bench.FilterLock;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
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

  /** Without what changes with every edit of the program: its line numbers, and so the widths. */
  private static String withoutPlaces(String trace) {
    return trace
        .replaceAll("(?<=run:)\\d+", "N")
        .replaceAll("(?m)^ +", "")
        .replaceAll(" {2,}", "  ");
  }
}
