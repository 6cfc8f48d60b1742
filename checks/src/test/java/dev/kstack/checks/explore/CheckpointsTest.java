package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.bench.FilterLock;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.machine.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search that is ended at any time goes on, and finds what one finds that nobody disturbs. */
class CheckpointsTest {
  private static final int MOST_DEATHS = 9;
  private static final Settings PROGRESS = Settings.DEFAULT.withProgressOfTasks(true);

  /** What nobody catches. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"switch-out", "switch-out+H8", "switch-out+H16"})
  void itGoesOnWhereItWas(String name) throws IOException {
    dies(subject(name).program(), PROGRESS, 3);
  }

  @Test
  void itGoesOnWithWholeStates() throws IOException {
    dies(new FilterLock(4, false), Settings.DEFAULT.withExact(true), 2);
    dies(subject("switch-out").program(), PROGRESS.withExact(true), 2);
  }

  @Test
  void itGoesOnWithoutReductions() throws IOException {
    Settings settings = PROGRESS.withReductions(new Reductions(true, false, false));
    dies(subject("switch-out+H17").program(), settings, 3);
  }

  @Test
  void itGoesOnWithMoreToUse() throws IOException {
    Program program = subject("switch-out").program();
    SearchResult whole = search(program, PROGRESS);
    for (long states : new long[] {1, 20, 200, 500}) {
      Budget budget = new Budget(states, Double.POSITIVE_INFINITY, Long.MAX_VALUE);
      SearchResult cut =
          search(program, PROGRESS.withBudget(budget).withCheckpoints(checkpoints(1e9)));
      assertEquals(StopReason.STATES, cut.stop());
      assertFalse(cut.isFinal());
    }
    SearchResult last = search(program, PROGRESS.withCheckpoints(checkpoints(1e9)));
    assertEquals(whole, last);
    assertTrue(told.stream().allMatch(t -> t.endsWith("goes on from there")), told.toString());
    assertEquals(4, told.size(), told.toString());
  }

  @Test
  void aDamagedOneIsRefusedAndTheOneBeforeItIsUsed() throws IOException {
    Program program = subject("switch-out").program();
    SearchResult whole = search(program, PROGRESS);
    killedAt(program, PROGRESS, 30);
    List<Path> files = files();
    assertEquals(2, files.size());
    byte[] bytes = Files.readAllBytes(files.get(1));
    Random random = new Random(7);
    for (Function<byte[], byte[]> damage : damages(random)) {
      Files.write(files.get(1), damage.apply(bytes.clone()));
      told.clear();
      AtomicInteger calls = new AtomicInteger();
      assertThrows( // before it writes the next one
          Killed.class,
          () ->
              search(
                  program,
                  PROGRESS
                      .withCheckpoints(checkpoints(1e9))
                      .withInterrupted(() -> dead(calls, 1))));
      assertTrue(told.get(0).contains("; the one before it is tried"), told.toString());
      assertTrue(told.get(1).endsWith("goes on from there"), told.toString());
    }
    told.clear();
    Files.write(files.get(1), new byte[10]);
    assertEquals(whole, search(program, PROGRESS.withCheckpoints(checkpoints(0))));
    assertTrue(told.get(0).contains("is no checkpoint of kstack; the one before"), told.get(0));
  }

  private static List<Function<byte[], byte[]>> damages(Random random) {
    List<Function<byte[], byte[]>> damages = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      damages.add(
          bytes -> {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            return bytes;
          });
      damages.add(bytes -> java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }
    damages.add(bytes -> new byte[0]);
    damages.add(bytes -> java.util.Arrays.copyOf(bytes, bytes.length + 1));
    return damages;
  }

  @Test
  void aForeignOneIsRefusedWithTheReason() throws IOException {
    Program program = subject("switch-out").program();
    killedAt(program, PROGRESS, 30);
    Path newest = files().get(1);
    byte[] bytes = Files.readAllBytes(newest);
    Files.delete(files().get(0));

    Checkpoints other = new Checkpoints(folder, "1", "build", "other", 1e9, told::add);
    assertEquals(search(program, PROGRESS), search(program, PROGRESS.withCheckpoints(other)));
    assertTrue(
        told.get(0)
            .contains("is of another search, of search; this is of other; the search begins"),
        told.get(0));

    told.clear();
    Files.write(newest, bytes);
    Checkpoints newer = new Checkpoints(folder, "1", "newer", "search", 1e9, told::add);
    search(program, PROGRESS.withCheckpoints(newer));
    assertTrue(told.get(0).contains("is of another build, build; this is newer"), told.get(0));
  }

  /** Its name says that it is the same, and it is not: what its processes do gives it away. */
  @Test
  void oneOfAnotherProgramIsRefused() throws IOException {
    killedAt(subject("switch-out").program(), PROGRESS, 30);
    Program other = subject("shrinker").program();
    assertEquals(
        search(other, PROGRESS), search(other, PROGRESS.withCheckpoints(checkpoints(1e9))));
    assertTrue(told.get(0).contains("does not do now what it did then"), told.toString());
    assertTrue(told.get(1).endsWith("the search begins anew"), told.toString());
  }

  @Test
  void whatASearchEndedWithIsKept() throws IOException {
    SearchResult result = search(subject("switch-out").program(), PROGRESS);
    Checkpoints one = checkpoints(1e9);
    assertNull(one.result());
    one.finish(result);
    assertEquals(result, one.result());

    Path file = folder.resolve("1.finished");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertNull(one.result());
    assertTrue(told.get(0).contains("is damaged"), told.toString());
  }

  @Test
  void aFolderThatIsGoneDoesNotEndTheSearch() throws IOException {
    Program program = new FilterLock(4, false);
    Checkpoints one = checkpoints(0);
    Path gone = Files.createDirectory(folder.resolve("gone"));
    Checkpoints lost = new Checkpoints(gone, "1", "build", "search", 0, told::add);
    AtomicInteger calls = new AtomicInteger();
    Settings settings =
        Settings.DEFAULT
            .withCheckpoints(lost)
            .withInterrupted(() -> calls.incrementAndGet() == 1 && delete(gone));
    assertNotNull(one);
    assertEquals(search(program, Settings.DEFAULT), search(program, settings));
    assertTrue(told.get(0).contains("cannot be written"), told.toString());
  }

  private static boolean delete(Path empty) {
    try {
      Files.delete(empty);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return false;
  }

  /** Lets it die earlier and later, and again after it went on, with other numbers of workers. */
  private void dies(Program program, Settings settings, int workers) throws IOException {
    SearchResult whole = search(program, settings);
    Random random = new Random(1);
    for (Path file : files()) {
      Files.delete(file);
    }
    int mostCalls = 4 + whole.depth() / 3;
    SearchResult last = null;
    int deaths = 0;
    while (last == null) {
      AtomicInteger calls = new AtomicInteger();
      int end = deaths == MOST_DEATHS ? Integer.MAX_VALUE : 1 + random.nextInt(mostCalls);
      try {
        last =
            search(
                program,
                settings
                    .withWorkers(1 + deaths % workers)
                    .withCheckpoints(checkpoints(0))
                    .withInterrupted(() -> dead(calls, end)));
      } catch (Killed e) {
        deaths++;
      }
    }
    assertEquals(whole, last);
    assertTrue(deaths > 2, deaths + " deaths");
  }

  private void killedAt(Program program, Settings settings, int call) {
    AtomicInteger calls = new AtomicInteger();
    assertThrows(
        Killed.class,
        () ->
            search(
                program,
                settings.withCheckpoints(checkpoints(0)).withInterrupted(() -> dead(calls, call))));
  }

  private static boolean dead(AtomicInteger calls, int end) {
    if (calls.incrementAndGet() >= end) {
      throw new Killed();
    }
    return false;
  }

  private Checkpoints checkpoints(double every) {
    return new Checkpoints(folder, "1", "build", "search", every, told::add);
  }

  private List<Path> files() throws IOException {
    try (var all = Files.list(folder)) {
      return all.filter(f -> f.toString().endsWith(".checkpoint"))
          .sorted(java.util.Comparator.comparing(f -> f.toString().length() + f.toString()))
          .toList();
    }
  }

  private static Subject subject(String name) {
    return Subject.all().stream()
        .filter(s -> s.name().equals(name) && s.hardware() == Hardware.MANUALS)
        .findFirst()
        .orElseThrow()
        .at(2, 2, 2, 3, 0);
  }

  /** But for the time. */
  private static SearchResult search(Program program, Settings settings) {
    SearchResult r = new Explorer(program, settings).search();
    return new SearchResult(
        r.stop(),
        r.states(),
        r.transitions(),
        r.depth(),
        0,
        r.visitedBytes(),
        r.collisionProbability(),
        r.found(),
        r.premises(),
        r.executed(),
        r.places(),
        r.undecided());
  }
}
