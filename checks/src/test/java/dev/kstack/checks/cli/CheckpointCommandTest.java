package dev.kstack.checks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A command that is killed goes on, and reports what it would have reported. */
class CheckpointCommandTest {
  private static final int KILLS = 2;
  private static final List<String> SMALL =
      List.of("--cpus", "1", "--threads", "2", "--pages", "2", "--hardware", "manuals");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void whatIsFinishedIsNotSearchedAgain() throws IOException {
    String plain = json("switch-out", "static");
    Path dir = folder.resolve("new/one");
    assertEquals(plain, json("switch-out", "static", "--checkpoint", dir.toString()));
    assertTrue(Files.exists(dir.resolve("0001.finished")));
    assertTrue(Files.exists(dir.resolve("0002.finished")));

    Files.delete(dir.resolve("0002.finished"));
    assertEquals(plain, json("switch-out", "static", "--resume", dir.toString()));
    assertEquals(plain, json("switch-out", "static", "--resume", dir.toString()));
  }

  @Test
  void whatTheBudgetEndedGoesOn() throws IOException {
    String plain = json("switch-out");
    String dir = folder.toString();
    String cut = json("switch-out", "--states", "30", "--checkpoint", dir);
    assertFalse(cut.equals(plain));
    assertFalse(Files.exists(folder.resolve("0001.finished")));
    assertEquals(cut, json("switch-out", "--states", "30", "--resume", dir));
    assertEquals(plain, json("switch-out", "--resume", dir));
    assertTrue(err.toString().contains("checkpoint: the search goes on from there"));
  }

  @Test
  void whatCannotBeIsRefused() throws IOException {
    String dir = folder.resolve("d").toString();
    Path file = Files.createFile(folder.resolve("file"));
    json("static", "--checkpoint", dir);
    refused("has checkpoints; to go on from them: --resume", "static", "--checkpoint", dir);
    refused("is not a folder", "static", "--checkpoint", file.toString());
    refused("cannot write there", "static", "--checkpoint", file + "/below");
    refused("there is no such folder", "static", "--resume", folder.resolve("e").toString());
    refused("has no checkpoints, but other files", "static", "--resume", folder.toString());
    refused("search 1 was of static,", "switch-out", "--resume", dir);
    refused("they are of 1 searches, not 2", "static", "switch-out", "--resume", dir);
    refused("whole states", "static", "--resume", dir, "--exact");
    refused("leave --checkpoint away", "static", "--resume", dir, "--checkpoint", dir);
    refused("goes with --checkpoint or --resume only", "static", "--every", "5m");
    refused("'soon' is not a time such as", "static", "--checkpoint", "x", "--every", "soon");
    Path contents = folder.resolve("d/searches.txt");
    Files.writeString(contents, Files.readString(contents).replaceFirst("code \\w+", "code 0"));
    refused("they are of another build, kstack", "static", "--resume", dir);
  }

  @Test
  void oneProgramAtATime() throws IOException {
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock.lock();
      refused("another kstack writes there", "static", "--checkpoint", folder.toString());
    }
  }

  /** Kills as the system does: nothing of the program runs any more. */
  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aKilledCommandGoesOn() throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(List.of("check", "switch-out", "switch-out+H8", "--cpus", "2"));
    arguments.addAll(List.of("--threads", "2"));
    arguments.addAll(List.of("--pages", "2", "--frames", "3", "--hardware", "manuals"));
    arguments.addAll(List.of("--format", "json"));
    run(arguments);
    String whole = withoutTimes(out.toString());

    Path dir = folder.resolve("d");
    for (int kill = 0; kill < KILLS; kill++) {
      Process child = child(arguments, kill == 0 ? "--checkpoint" : "--resume", dir);
      String before = newest(dir);
      while (child.isAlive() && newest(dir).equals(before)) {
        Thread.sleep(1);
      }
      child.destroyForcibly().waitFor();
    }
    Process last = child(arguments, "--resume", dir);
    String report = new String(last.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, last.waitFor());
    assertEquals(whole, withoutTimes(report));
  }

  private static Process child(List<String> arguments, String option, Path dir) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss8m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    command.addAll(List.of(option, dir.toString(), "--every", "0s"));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Of the files that are whole. */
  private static String newest(Path dir) throws IOException {
    if (!Files.exists(dir)) {
      return "";
    }
    try (var files = Files.list(dir)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".checkpoint") || f.endsWith(".finished"))
          .sorted(java.util.Comparator.comparing(String::length).thenComparing(f -> f))
          .reduce("", (a, b) -> b);
    }
  }

  private void refused(String why, String... arguments) {
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("check"));
    all.addAll(List.of(arguments));
    all.addAll(SMALL);
    assertEquals(2, run(all), err.toString());
    assertTrue(err.toString().contains(why), err.toString());
  }

  private String json(String... arguments) {
    out.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("check", "--format", "json"));
    all.addAll(List.of(arguments));
    all.addAll(SMALL);
    run(all);
    return withoutTimes(out.toString());
  }

  private static String withoutTimes(String report) {
    return report.replaceAll("\"seconds\" : [0-9.E-]+", "");
  }

  private int run(List<String> arguments) {
    CommandLine line = Main.commandLine(new Interrupt());
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments.toArray(new String[0]));
  }
}
