package dev.kstack.checks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.report.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What people see fits the terminal that they have. */
class ScreensTest {
  @AfterEach
  void noTerminal() {
    System.clearProperty(Screen.COLUMNS);
  }

  static Stream<Arguments> screens() {
    return Stream.of(
            "check static switch-out --cpus 1 --threads 2 --pages 2",
            "check switch-out+H17 --hardware manuals --cpus 1 --threads 2 --pages 2 --show all",
            "check static switch-out --cpus 1 --threads 2 --pages 2 --table",
            "check fork-exit-shrinker+H18 --hardware manuals --scheduler full --cpus 1 --threads 1"
                + " --pages 1",
            "compare static --cpus 1 --threads 2 --pages 2",
            "least frames switch-out --cpus 1 --threads 2 --pages 2",
            "mutate static~no-finish-task switch-out~off-by-one")
        .flatMap(line -> Stream.of(80, 120).map(width -> Arguments.of(width, line)));
  }

  @ParameterizedTest(name = "{0} columns: {1}")
  @MethodSource("screens")
  void noLineIsWiderThanTheTerminal(int width, String command) {
    System.setProperty(Screen.COLUMNS, Integer.toString(width));
    String out = run(command);
    assertTrue(out.lines().count() > 1, out);
    assertEquals(List.of(), out.lines().filter(line -> line.length() > width).toList());
  }

  @Test
  void whereThereIsNoTerminalALineFitsAMail() {
    String out = run("check static switch-out --cpus 1 --threads 2 --pages 2");
    assertEquals(List.of(), out.lines().filter(line -> line.length() > 80).toList());
    assertTrue(out.contains(" properties hold in every run"), out);
    assertTrue(out.contains("never reached: reclaims, parks"), out);
  }

  @Test
  void whatTheDesignViolatesAsWellIsNamedAndNotPrinted() {
    String out = run("check switch-out+H8 --hardware manuals");
    assertTrue(out.contains("violated, as expected: no-stack-fault in 33 steps"), out);
    assertTrue(out.contains("violated, as by the design without the defect: "), out);
    assertEquals(
        List.of("no-stack-fault is VIOLATED in step 33."),
        out.lines().filter(line -> line.contains(" is VIOLATED")).toList());
    assertTrue(out.contains("switch-out+H8 under manuals: runs-eventually in "), out);
    assertTrue(out.contains("--show all"), out);
  }

  @Test
  void aRunThatIsAskedForIsPrinted() {
    String out = run("check switch-out+H8 --hardware manuals --show runs-eventually");
    assertEquals(
        1, out.lines().filter(line -> line.startsWith("runs-eventually is VIOLATED")).count());
    assertEquals(0, out.lines().filter(line -> line.startsWith("no-stack-fault is")).count());
  }

  @Test
  void safetyComesBeforeHowThreadsAreParked() {
    String out =
        run("check switch-out --hardware spec-fill --cpus 2 --threads 2 --pages 2 --frames 4");
    assertEquals(
        1, out.lines().filter(line -> line.startsWith("no-stale-translation is VIOLATED")).count());
    assertEquals(1, out.lines().filter(line -> line.contains(" is VIOLATED")).count());
    assertTrue(out.contains("switch-out under spec-fill: parks in "), out);
  }

  private static String run(String command) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine(new Interrupt());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(new StringWriter()));
    line.execute(command.split(" +"));
    return out.toString();
  }
}
