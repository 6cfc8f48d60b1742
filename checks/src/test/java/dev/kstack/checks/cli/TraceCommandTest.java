package dev.kstack.checks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.Picker;
import dev.kstack.checks.explore.RandomWalk;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.StoredTrace;
import dev.kstack.checks.trace.JsonTrace;
import dev.kstack.checks.trace.Lanes;
import dev.kstack.checks.trace.StoredRun;
import dev.kstack.model.design.Designs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Stored traces, shown in each way and written in each form. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TraceCommandTest {
  private static final Pattern LET_BY = Pattern.compile(" *(\\d+) +(\\S+) +\\S* +(\\d+) (\\S+) .*");

  @TempDir private static Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path fault = folder;
  private Path loop = folder;

  @BeforeAll
  void writeTraces() {
    for (String design : List.of("switch-out", "switch-out+H8")) {
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
    fault = folder.resolve("switch-out+H8-manuals-no-stack-fault.json");
    loop = folder.resolve("switch-out-manuals-runs-eventually.json");
  }

  @Test
  void eachStepSaysWhichStepOfAnotherContextLetItHappen() {
    assertEquals(0, run("trace", fault.toString()));
    int let = 0;
    for (String line : out.toString().lines().toList()) {
      Matcher m = LET_BY.matcher(line);
      if (m.matches()) {
        let++;
        assertTrue(Integer.parseInt(m.group(3)) < Integer.parseInt(m.group(1)), line);
        assertFalse(m.group(2).equals(m.group(4)), line);
      }
    }
    assertTrue(let > 3, out.toString());
    // Who waits until on_cpu is 0 is let by who released it.
    String releases = line("smp_store_release(A.on_cpu, 0)").strip().split(" ", 2)[0];
    assertTrue(line("smp_cond_load_acquire(A.on_cpu == 0)").contains(releases + " C0"));
    assertTrue(out.toString().contains("no-stack-fault is VIOLATED in step "), out.toString());
    assertTrue(out.toString().matches("(?s).*\n(All|\\d+ of these) \\d+ steps matter.*"));
  }

  /** The line of the text that has it, the last of several. */
  private String line(String what) {
    return out.toString()
        .lines()
        .filter(l -> l.contains(what))
        .reduce((a, b) -> b)
        .orElseThrow(() -> new AssertionError("no " + what));
  }

  @Test
  void lanesFitIntoAMail() {
    for (Path trace : List.of(fault, loop)) {
      assertEquals(0, run("trace", trace.toString(), "--lanes"));
      for (String line : out.toString().lines().toList()) {
        assertTrue(line.length() <= Lanes.WIDTH, line);
        assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
      }
      assertTrue(out.toString().contains("\nstep C0"), out.toString());
    }
    assertTrue(out.toString().contains("-- loop ---"), out.toString());
  }

  @Test
  void fullHasEveryWordAndDiffOnlyChanges() {
    assertEquals(0, run("trace", fault.toString()));
    String usual = out.toString();
    assertEquals(0, run("trace", fault.toString(), "--full"));
    String full = out.toString();
    assertEquals(0, run("trace", fault.toString(), "--diff"));
    String diff = out.toString();

    assertTrue(full.contains("rq[C0]: lock="), full);
    assertTrue(full.contains("event -> "), "choices");
    assertTrue(full.contains("read(rq[C0].curr)"), "plain loads");
    assertTrue(full.length() > 2 * usual.length());
    assertFalse(diff.contains("Scheduler."), diff);
    assertTrue(diff.contains("A.on_cpu: 0 -> 1"), diff);
    assertTrue(diff.contains("rq[C0].lock: C0 -> free"), diff);
  }

  @Test
  void theSliceIsATraceThatIsConfirmed() {
    assertEquals(0, run("trace", fault.toString(), "--slice"));
    assertTrue(out.toString().contains("no-stack-fault is VIOLATED in step "), out.toString());
    assertFalse(out.toString().contains("--slice"), out.toString());
  }

  /** A random walk comes to the same end by detours. */
  @Test
  void whatNobodyNeedsIsCounted() throws IOException {
    StoredTrace found =
        StoredTrace.read(
            folder.resolve("switch-out-manuals-parks.json"), new Catalogue(Designs.ALL));
    RandomWalk walks = new RandomWalk(found.job().program(), Reductions.ALL);
    int detours = 0;
    for (int seed = 1; seed <= 5; seed++) {
      RandomWalk.Walk walk = walks.walk(Picker.random(seed), 5_000, Set.of(found.property()));
      if (!walk.raised().containsKey(found.property())) {
        continue;
      }
      StoredRun s = found.stored();
      Path file =
          Files.writeString(
              folder.resolve("walk"),
              JsonTrace.write(
                  new StoredRun(
                      s.design(),
                      s.defect(),
                      s.assumptions(),
                      s.config(),
                      s.property(),
                      walk.runTo(found.property()),
                      s.grain())));
      assertEquals(0, run("trace", file.toString()));
      Matcher m =
          Pattern.compile("(\\d+) of these (\\d+) steps matter.*: --slice").matcher(out.toString());
      if (m.find()) {
        detours++;
        assertEquals(walk.runTo(found.property()).steps().size(), Integer.parseInt(m.group(2)));
        assertEquals(0, run("trace", file.toString(), "--slice"));
        assertTrue(
            out.toString().contains("parks is reached in step " + m.group(1) + "."),
            out.toString());
      }
    }
    assertTrue(detours > 2, "only " + detours);
  }

  @Test
  void coloursAreForThoseWhoWantThem() {
    assertEquals(0, run("trace", fault.toString()));
    assertFalse(out.toString().contains("\033["), "no terminal, no colours");
    String plain = out.toString();
    for (String[] form : new String[][] {{}, {"--full"}, {"--diff"}}) {
      String[] never = with(form, "--color", "never");
      String[] always = with(form, "--color", "always");
      assertEquals(0, run(never));
      plain = out.toString();
      assertFalse(plain.contains("\033["));
      assertEquals(0, run(always));
      assertTrue(out.toString().contains("\033[1;31mno-stack-fault is VIOLATED"), out.toString());
      assertEquals(plain, out.toString().replaceAll("\033\\[[\\d;]*m", ""));
    }
  }

  private String[] with(String[] form, String... more) {
    return Stream.of(List.of("trace", fault.toString()), List.of(form), List.of(more))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  @Test
  void everyFormatIsWrittenAsAWhole() throws IOException {
    for (TraceFormat format : TraceFormat.values()) {
      assertEquals(0, run("trace", fault.toString(), "--to", format.toString()), err.toString());
      String text = out.toString();
      assertTrue(text.endsWith("\n") && text.length() > 1000, format + ": " + text);
      Path file = folder.resolve("written." + format);
      assertEquals(
          0, run("trace", fault.toString(), "--to", format.toString(), "-o", file.toString()));
      assertEquals("", out.toString());
      assertEquals(text, Files.readString(file));
      assertFalse(Files.exists(folder.resolve("written." + format + ".tmp")));
    }
  }

  @Test
  void whatCannotBeDoneIsSaidInOneLine() throws IOException {
    Path changed =
        Files.writeString(
            folder.resolve("changed.json"),
            Files.readString(fault).replace("\"defect\":\"H8\"", "\"defect\":null"));
    assertEquals(1, run("trace", changed.toString()));
    assertTrue(out.toString().startsWith("Refuted: "), out.toString());
    assertEquals(1, out.toString().lines().count());

    Path link = Files.createSymbolicLink(folder.resolve("link"), fault);
    for (String[] wrong :
        new String[][] {
          {"trace"},
          {"trace", "nothing"},
          {"trace", fault.toString(), "--to", "nothing"},
          {"trace", fault.toString(), "--lanes", "--full"},
          {"trace", fault.toString(), "--to", "itf", "--diff"},
          {"trace", fault.toString(), "-o", folder.toString()},
          {"trace", fault.toString(), "-o", folder.resolve("no/file").toString()},
          {"trace", fault.toString(), "-o", link.toString()},
          {"check", "static", "--junit", folder.toString()},
          {"check", "static", "--sarif", folder.resolve("no/file").toString()},
          {"check", "static", "--baseline", fault.toString()},
          {"check", "static", "--engine", "jpf", "--github"},
        }) {
      assertEquals(2, run(wrong), String.join(" ", wrong));
      assertTrue(err.toString().startsWith("kstack: "), err.toString());
      assertFalse(err.toString().contains("Exception"), err.toString());
    }
    assertTrue(Files.isSymbolicLink(link), "a link was replaced");
  }

  @Test
  void checkWritesWhatCiReads() throws IOException {
    Path junit = folder.resolve("junit.xml");
    Path sarif = folder.resolve("log.sarif");
    Path base = folder.resolve("base.json");
    String[] sizes = {"check", "switch-out", "--cpus", "1", "--threads", "2", "--pages", "2"};
    assertEquals(1, run(concat(sizes, "--format", "json")));
    Files.writeString(base, out.toString());
    assertEquals(
        1,
        run(concat(sizes, "--junit", junit.toString(), "--sarif", sarif.toString(), "--github")));
    assertTrue(err.toString().startsWith("::error file=model/"), err.toString());
    assertTrue(Files.readString(junit).contains("<failure "));
    assertTrue(Files.readString(sarif).contains("\"2.1.0\""));

    assertEquals(0, run(concat(sizes, "--baseline", base.toString())), out.toString());
    assertTrue(out.toString().contains("as in the baseline: "), out.toString());
  }

  private static String[] concat(String[] first, String... more) {
    return Stream.of(List.of(first), List.of(more)).flatMap(List::stream).toArray(String[]::new);
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
