package dev.kstack.checks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Stored traces are confirmed as they are, refuted where they were changed, or refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayCommandTest {
  @TempDir private static Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  void writeTraces() {
    for (String design : List.of("switch-out", "switch-out+H8", "fork-exit+H22")) {
      run(
          "check",
          design,
          "--hardware",
          "manuals",
          "--pages",
          "2",
          "--trace-dir",
          folder.toString());
    }
  }

  @Test
  void everyTraceThatTheSearchWritesIsConfirmed() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> traces = files.filter(f -> f.toString().endsWith(".json")).sorted().toList();
      assertTrue(traces.size() >= 5, traces::toString);
      assertTrue(traces.toString().contains("-schedulable.json"), traces::toString);
      assertTrue(traces.toString().contains("-runs-eventually.json"), traces::toString);
      for (Path trace : traces) {
        assertEquals(0, run("replay", trace.toString()), trace + ": " + out + err);
        assertTrue(out.toString().contains("Confirmed: "), out.toString());
        String name = trace.getFileName().toString().replace(".json", ".txt");
        assertEquals(
            steps(Files.readString(trace.resolveSibling(name))), steps(out.toString()), name);
      }
    }
  }

  @Test
  void realThreadsTakeTheSameRuns() throws IOException {
    int confirmed = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path trace : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        boolean notSeen =
            trace.toString().matches(".*(schedulable|runs-eventually|locking-rules).json");
        assertEquals(
            notSeen ? 2 : 0,
            run("replay", "--engine", "live", trace.toString()),
            trace + ": " + err);
        confirmed += out.toString().contains(" threads make the same run") ? 1 : 0;
      }
    }
    assertTrue(confirmed >= 3, "only " + confirmed);
  }

  @Test
  void realThreadsRefuteARunOfTheDefectInTheDesign() throws IOException {
    Path file = folder.resolve("design.json");
    Files.writeString(file, fault().replace("\"defect\":\"H8\"", "\"defect\":null"));
    try {
      assertEquals(1, run("replay", "--engine", "live", file.toString()));
      assertTrue(out.toString().startsWith("Refuted: "), out.toString());
    } finally {
      Files.delete(file);
    }
  }

  /** From the head of the table to the end, but for what replay says. */
  private static String steps(String text) {
    String steps = text.substring(text.indexOf("step  who"));
    int confirmed = steps.indexOf("\nConfirmed: ");
    return confirmed < 0 ? steps : steps.substring(0, confirmed);
  }

  @Test
  void aRunOfTheDefectIsNoneOfTheDesign() throws IOException {
    assertRefuted(fault().replace("\"defect\":\"H8\"", "\"defect\":null"), " step ");
  }

  @Test
  void aRunThatEndsEarlyEndsWithoutTheViolation() throws IOException {
    String text = fault();
    String cut = text.substring(0, text.lastIndexOf(",{\"process\"")) + "]}\n";
    assertRefuted(cut, "the run is possible, but at its end");
  }

  @Test
  void aRunWithAnotherChoiceIsRefusedAtItsStep() throws IOException {
    String text = fault().replaceFirst("\"choices\":\\[\\d+", "\"choices\":[77");
    assertRefuted(text, "step 1: ");
  }

  @Test
  void aTrapWithoutItsEndingIsNotConfirmed() throws IOException {
    String text = Files.readString(folder.resolve("fork-exit+H22-manuals-schedulable.json"));
    assertRefuted(text.replaceFirst("\"ending\":.*?\\}\\},", ""), "does not store how it goes on");
  }

  @Test
  void aLoopThatDoesNotCloseIsNotConfirmed() throws IOException {
    String text = Files.readString(folder.resolve("switch-out-manuals-runs-eventually.json"));
    String other =
        text.replaceFirst("\"from\":\\d+,\"renamed\":\\w+", "\"from\":0,\"renamed\":false");
    assertRefuted(other, "does not lead back");
  }

  @Test
  void whatIsNoTraceIsRefusedInOneLine() throws IOException {
    String good = fault();
    for (String[] wrong :
        new String[][] {
          {"", "not an object"},
          {"\u0000\u0001", "not JSON"},
          {good.substring(0, good.length() / 2), "not JSON"},
          {good.replace("kstack-trace/1", "kstack-trace/2"), "schema is 'kstack-trace/2'"},
          {good.replace("\"switch-out\"", "\"swich-out\""), "no design is called 'swich-out'"},
          {good.replace("\"H8\"", "\"H99\""), "has no defect 'H99'"},
          {good.replace("no-stack-fault", "no-fault"), "no property is called 'no-fault'"},
          {good.replace("\"cpus\":2", "\"cpus\":2000000000"), "must be from 1 to 8"},
          {good.replace("\"frames\":3", "\"frames\":99"), "at most 30"},
        }) {
      assertRefused(Files.writeString(folder.resolve("wrong"), wrong[0]), wrong[1]);
    }
    assertRefused(folder, "is a folder");
    assertRefused(folder.resolve("nothing"), "no such file");
    assertRefused(
        Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xc3, (byte) 0x28}), "UTF-8");
  }

  private String fault() throws IOException {
    return Files.readString(folder.resolve("switch-out+H8-manuals-no-stack-fault.json"));
  }

  private void assertRefuted(String text, String why) throws IOException {
    Path file = Files.writeString(folder.resolve("changed"), text);
    assertEquals(1, run("replay", file.toString()), out + " " + err);
    assertTrue(out.toString().startsWith("Refuted: "), out.toString());
    assertTrue(out.toString().contains(why), out.toString());
  }

  private void assertRefused(Path file, String why) {
    assertEquals(2, run("replay", file.toString()), out + " " + err);
    assertEquals("", out.toString());
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().startsWith("kstack: " + file + ": "), err.toString());
    assertTrue(err.toString().contains(why), err.toString());
    assertFalse(err.toString().contains("Exception"), err.toString());
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Main.commandLine(new Interrupt());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }
}
