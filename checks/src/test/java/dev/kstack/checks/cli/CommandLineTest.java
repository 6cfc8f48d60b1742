package dev.kstack.checks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kstack.spec.Invariant;
import dev.kstack.spec.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The program from its arguments to its output and exit code, on machines that are small. */
class CommandLineTest {
  private static final String[] SMALL = {"--cpus", "1", "--threads", "2", "--pages", "2"};

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void zeroIfAllIsAsExpected() {
    assertEquals(0, small("check", "static", "shrinker"));

    assertTrue(out.toString().contains("All 4 runs as expected."), out.toString());
    assertEquals("", err.toString());
  }

  @Test
  void oneIfSomethingIsNotAsExpected() {
    assertEquals(1, small("check", "switch-out", "--hardware", "spec-fill"));

    assertTrue(
        out.toString().contains("NOT AS EXPECTED: switch-out under spec-fill."), out.toString());
    assertTrue(out.toString().contains("expected: violated; found: no-stale-translation holds"));
  }

  /** The search under full has a frame in reserve; one thread of one page leaves none. */
  @Test
  void theDefaultReserveIsNoMoreThanWhatIsFree() {
    assertEquals(
        0,
        run(
            "check switch-out --hardware manuals --scheduler full --threads 1 --pages 1"
                .split(" ")));
    assertEquals(
        2,
        run(
            "check switch-out --hardware manuals --scheduler full --threads 1 --pages 1 --reserve 1"
                .split(" ")));
  }

  @Test
  void threeIfTheBudgetEndsASearch() {
    assertEquals(3, run("check", "switch-out", "--hardware", "manuals", "--states", "10"));

    assertTrue(out.toString().contains("Undecided: switch-out under manuals, "), out.toString());
  }

  @Test
  void twoIfTheUsageIsWrong() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path below = file.resolve("below");
    for (List<String> wrong :
        List.of(
            List.<String>of(),
            List.of("chekc"),
            List.of("check", "swich-out"),
            List.of("check", "switch-out+H99"),
            List.of("check", "--pages", "0"),
            List.of("check", "--pages", "many"),
            List.of("check", "--frames", "1", "--threads", "3"),
            List.of("check", "--hardware", "none"),
            List.of("check", "--format", "xml"),
            List.of("check", "--seconds", "0"),
            List.of("check", "--states", "none"),
            List.of("check", "--trace-dir", file.toString()),
            List.of("check", "--trace-dir", below.toString()),
            List.of("designs", "nothing"),
            List.of("mutate", "nothing"),
            List.of("mutate", "switch-out~nothing"),
            List.of("mutate", "switch-out+H8"),
            List.of("least"),
            List.of("least", "frames"),
            List.of("least", "pages", "static"),
            List.of("least", "frames", "nothing"),
            List.of("least", "frames", "static", "--frames", "8"),
            List.of("least", "reserve", "static", "--reserve", "1"),
            List.of("least", "admission", "static", "--threads", "1"),
            List.of("least", "admission", "static", "--table"),
            List.of("least", "frames", "static", "--property", "parks"),
            List.of("least", "frames", "static", "--property", "no-lost-wakeup"),
            List.of("least", "frames", "static", "--above", "-1"),
            List.of("least", "frames", "static", "--threads", "8", "--pages", "8"),
            List.of("compare", "nothing"),
            List.of("compare", "static", "--threads", "1"),
            List.of("compare", "static", "--pages", "9"),
            List.of("compare", "static", "--format", "html"),
            List.of("check", "--sizes", "huge"),
            List.of("check", "static", "--sizes", "real", "--pages", "2"),
            List.of("bench", "--rounds", "0"),
            List.of("spec", "--threads", "0"),
            List.of("spec", "--threads", "9"),
            List.of("spec", "--pages", "0"),
            List.of("spec", "--frames", "1"),
            List.of("spec", "--frames", "31"),
            List.of("spec", "--reserve", "7"),
            List.of("spec", "--random", "--steps", "-1"),
            List.of("spec", "--random", "--seed", "none"),
            List.of("spec", "--random", "--rules"))) {
      err.getBuffer().setLength(0);
      assertEquals(2, run(wrong.toArray(String[]::new)), wrong::toString);
      assertTrue(err.toString().startsWith("kstack: "), err.toString());
      assertFalse(err.toString().contains("\tat "), err.toString());
    }
    assertEquals("", out.toString());
  }

  @Test
  void jsonStandsAloneOnStdout() throws IOException {
    assertEquals(0, small("check", "shrinker", "--format", "json"));

    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertEquals("kstack-check/1", report.get("schema").textValue());
    assertTrue(report.get("asExpected").booleanValue());
    assertEquals(2, report.get("runs").size());
    assertEquals(1, report.at("/runs/0/config/cpus").intValue());
  }

  @Test
  void outputIsTheSameEveryTimeButForSeconds() {
    small("check", "switch-out", "--defects", "--format", "json");
    String first = withoutSeconds();
    out.getBuffer().setLength(0);
    small("check", "switch-out", "--defects", "--format", "json");

    assertEquals(first, withoutSeconds());
  }

  @Test
  void exactSearchFindsTheSame() {
    small("check", "--format", "json", "--states", "200k");
    String first = withoutSeconds();
    out.getBuffer().setLength(0);
    small("check", "--format", "json", "--states", "200k", "--exact");

    assertEquals(first, withoutSeconds());
  }

  @Test
  void eachViolationHasAFileOfItsOwn() throws IOException {
    Path traces = folder.resolve("new").resolve("traces");
    small("check", "shrinker+H7", "--hardware", "manuals", "--trace-dir", traces.toString());

    try (Stream<Path> files = Files.list(traces)) {
      assertEquals(
          List.of(
              "shrinker+H7-manuals-locking-rules.json",
              "shrinker+H7-manuals-locking-rules.txt",
              "shrinker+H7-manuals-no-stack-fault.json",
              "shrinker+H7-manuals-no-stack-fault.txt",
              "shrinker+H7-manuals-parks.json",
              "shrinker+H7-manuals-parks.txt",
              "shrinker+H7-manuals-refines-spec.json",
              "shrinker+H7-manuals-refines-spec.txt",
              "shrinker+H7-manuals-runs-fully-mapped.json",
              "shrinker+H7-manuals-runs-fully-mapped.txt"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    String trace = Files.readString(traces.resolve("shrinker+H7-manuals-no-stack-fault.txt"));
    assertTrue(trace.contains("no-stack-fault is VIOLATED"), trace);
  }

  @Test
  void traceThatCannotBeWrittenLosesNothingElse() throws IOException {
    Path inTheWay = folder.resolve("shrinker+H7-manuals-no-stack-fault.txt");
    Files.createDirectory(inTheWay);
    Files.createFile(inTheWay.resolve("file"));

    assertEquals(
        2,
        small("check", "shrinker+H7", "--hardware", "manuals", "--trace-dir", folder.toString()));

    assertTrue(err.toString().contains("cannot write the trace " + inTheWay), err.toString());
    assertTrue(Files.exists(folder.resolve("shrinker+H7-manuals-parks.txt")));
    assertTrue(out.toString().contains("As expected."), out.toString());
  }

  @Test
  void aDefectThatIsNamedIsShownWithItsTraces() {
    small("check", "shrinker+H7", "--hardware", "manuals");

    assertTrue(out.toString().contains("no-stack-fault is VIOLATED in step "), out.toString());
    assertTrue(out.toString().contains("cmpxchg(A.pte[0], "), out.toString());
  }

  @Test
  void leastIsPrintedWithTheRunThatBreaksOneLess() {
    assertEquals(0, small("least", "frames", "switch-out"));

    assertTrue(out.toString().contains("Least: 4 frames."), out.toString());
    assertTrue(out.toString().contains("2 pages a stack, 3 frames, reserve"), out.toString());
    assertTrue(out.toString().contains("never-doomed is VIOLATED in step "), out.toString());
  }

  @Test
  void leastAsJsonNamesTheFileOfTheRun() throws IOException {
    assertEquals(
        0,
        small("least", "frames", "shrinker", "--format", "json", "--trace-dir", folder.toString()));

    JsonNode answer = new ObjectMapper().readTree(out.toString()).at("/answers/0");
    assertEquals("found", answer.get("answer").textValue());
    assertEquals(4, answer.get("value").intValue());
    assertTrue(Files.exists(Path.of(answer.at("/searched/0/trace/file").textValue())));
    assertTrue(answer.at("/searched/1/trace").isNull());
  }

  @Test
  void leastThatTheBudgetCutsShortIsUndecided() {
    assertEquals(3, small("least", "frames", "switch-out", "--states", "10"));

    assertTrue(out.toString().contains("Undecided at 3 frames"), out.toString());
  }

  @Test
  void tableOfTheLeastHasARowForEachNumberOfThreads() {
    assertEquals(0, small("least", "frames", "switch-out", "--table"));

    assertTrue(out.toString().contains("      2        2        4\n"), out.toString());
  }

  @Test
  void comparisonHasARowForEachDesignAndReadingOfTheManuals() throws IOException {
    assertEquals(0, small("compare", "static", "switch-out"));
    assertEquals(
        4, out.toString().lines().filter(l -> l.matches("(static|switch-out) .*")).count());

    out.getBuffer().setLength(0);
    assertEquals(0, small("compare", "switch-out", "--format", "markdown"));
    List<String> table = out.toString().lines().filter(l -> l.startsWith("|")).toList();
    assertEquals(4, table.size());
    long columns = table.get(0).chars().filter(c -> c == '|').count();
    table.forEach(row -> assertEquals(columns, row.chars().filter(c -> c == '|').count(), row));

    out.getBuffer().setLength(0);
    assertEquals(0, small("compare", "switch-out", "--format", "json"));
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertEquals("kstack-compare/1", report.get("schema").textValue());
    assertEquals(4, report.at("/designs/0/measures/leastFrames").intValue());
    assertEquals(2, report.at("/designs/0/runs").size());
  }

  @Test
  void comparisonThatTheBudgetCutsShortIsUndecided() {
    assertEquals(3, small("compare", "switch-out", "--states", "10"));
    assertTrue(out.toString().contains(" ? "), out.toString());
  }

  @Test
  void realSizesSayWhichSearchesAreSmaller() {
    assertEquals(0, run("check", "static", "--sizes", "real"));
    assertTrue(out.toString().contains("2 of 2 searches are of 2 CPUs, 3 threads and 4 pages"));
    out.getBuffer().setLength(0);

    assertEquals(0, run("check", "entry", "--sizes", "real", "--hardware", "manuals"));
    assertTrue(out.toString().contains("    smaller than 2 CPUs, 3 threads, 4 pages: a stack"));
    assertTrue(out.toString().contains("0 of 1 searches are of 2 CPUs, 3 threads and 4 pages"));
  }

  @Test
  void designsSaysWhatIsExpected() {
    assertEquals(0, run("designs", "shrinker"));

    assertTrue(out.toString().contains("shrinker+H7: "), out.toString());
    assertTrue(out.toString().contains("  expected  violates "), out.toString());
  }

  @Test
  void mutantsAreKilledAndTheRunIsWritten() throws IOException {
    assertEquals(0, run("mutate", "static~no-finish-task", "--trace-dir", folder.toString()));

    assertTrue(out.toString().contains("1 mutants: 1 killed by properties"), out.toString());
    String trace =
        Files.readString(folder.resolve("static~no-finish-task-manuals-deadlock-free.txt"));
    assertTrue(trace.contains("deadlock-free is VIOLATED"), trace);
  }

  @Test
  void mutantThatTheBudgetSavesIsUndecided() {
    assertEquals(3, run("mutate", "static~on-cpu-set-late", "--states", "10"));
  }

  @Test
  void listOfMutationsSearchesNothing() {
    assertEquals(0, run("mutate", "--list"));

    assertTrue(out.toString().contains("switch-out~cmpxchg-is-a-store "), out.toString());
    assertTrue(out.toString().contains("    equivalent: "), out.toString());
  }

  @Test
  void specSearchesTheAbstractMachine() {
    assertEquals(0, run("spec", "--threads", "1", "--pages", "2"));

    for (Invariant invariant : Invariant.values()) {
      assertTrue(out.toString().contains(invariant.label()), invariant.label());
    }
    assertTrue(out.toString().contains("accessed-page-kept"), out.toString());
    assertTrue(out.toString().contains(" states"), out.toString());
  }

  @Test
  void specSaysEveryRule() {
    assertEquals(0, run("spec", "--rules"));

    String text = out.toString().replaceAll("\\s+", " ");
    for (Rule rule : Rule.values()) {
      assertTrue(text.contains(rule.label() + ": " + rule.meaning()), rule.label());
    }
  }

  @Test
  void aRandomRunOfTheSpecIsTheSameForTheSameSeed() {
    String first = random("7");
    assertEquals(first, random("7"));
    assertFalse(first.equals(random("8")));
    assertTrue(first.lines().count() >= 20, first);
  }

  private String random(String seed) {
    out.getBuffer().setLength(0);
    assertEquals(0, run("spec", "--random", "--seed", seed, "--steps", "20"));
    return out.toString();
  }

  @Test
  void helpHasExamplesEverywhere() {
    for (String[] help :
        new String[][] {
          {"--help"},
          {"check", "--help"},
          {"compare", "--help"},
          {"least", "--help"},
          {"replay", "--help"},
          {"designs", "--help"},
          {"mutate", "--help"},
          {"spec", "--help"},
          {"bench", "--help"}
        }) {
      out.getBuffer().setLength(0);
      assertEquals(0, run(help));
      assertTrue(out.toString().contains("Examples:"), out.toString());
    }
  }

  @Test
  void interruptedCheckPrintsWhatWasFound() {
    Interrupt interrupt = new Interrupt();
    interrupt.raise();

    assertEquals(3, run(interrupt, "check", "switch-out"));
    assertTrue(out.toString().contains("Interrupted: 3 of 3 runs were not begun."));
  }

  private String withoutSeconds() {
    return out.toString().replaceAll("\"seconds\" : [0-9.E-]+", "");
  }

  private int small(String... args) {
    return run(Stream.concat(Stream.of(args), Stream.of(SMALL)).toArray(String[]::new));
  }

  private int run(String... args) {
    return run(new Interrupt(), args);
  }

  private int run(Interrupt interrupt, String... args) {
    CommandLine line = Main.commandLine(interrupt);
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }
}
