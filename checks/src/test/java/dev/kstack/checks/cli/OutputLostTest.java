package dev.kstack.checks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half a report is not a report: who does not get all of it hears so, whatever the format. */
class OutputLostTest {
  private static final File FULL = new File("/dev/full");
  private static final String SMALL = " --cpus 1 --threads 2 --pages 1 --hardware manuals";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "check static" + SMALL,
        "check static --format json" + SMALL,
        "compare static --format markdown" + SMALL,
        "compare static --format json" + SMALL,
        "graph static --to dot --max-states 10",
        "man",
      })
  void aFullDiskIsAnError(String command) throws IOException, InterruptedException {
    assumeTrue(FULL.exists());
    Process process = kstack(command).redirectOutput(FULL).start();
    assertSaysSo(process);
  }

  @Test
  void aPipeThatIsClosedIsAnError() throws IOException, InterruptedException {
    Process process = kstack("check static --format json" + SMALL).start();
    process.getInputStream().close();
    assertSaysSo(process);
  }

  private static void assertSaysSo(Process process) throws IOException, InterruptedException {
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor(), err);
    assertTrue(err.contains("kstack: the output cannot be written"), err);
    assertFalse(err.contains("Exception"), err);
  }

  private static ProcessBuilder kstack(String command) {
    List<String> line = new ArrayList<>();
    line.add(System.getProperty("java.home") + "/bin/java");
    line.addAll(
        List.of("-XX:+UseSerialGC", "-Xss8m", "-cp", System.getProperty("java.class.path")));
    line.add(Main.class.getName());
    line.addAll(List.of(command.split(" +")));
    return new ProcessBuilder(line);
  }
}
