package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.bench.FilterLock;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.machine.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the tables of a search are makes no difference to what it finds. */
class DiskTest {
  private static final Settings PROGRESS = Settings.DEFAULT.withProgressOfTasks(true);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"switch-out", "switch-out+H8"})
  void theSameIsFound(String name) throws IOException {
    Program program = subject(name);
    Settings onDisk = PROGRESS.withDisk(new Disk(folder));
    SearchResult whole = search(program, PROGRESS);
    assertEquals(whole, search(program, onDisk));
    assertEquals(whole, search(program, onDisk.withWorkers(3)));
    assertNothingIsLeft();
  }

  @Test
  void whatDoesNotFitIntoMemoryFitsWithTheDisk() throws IOException {
    Program program = new FilterLock(4, false);
    SearchResult whole = search(program, Settings.DEFAULT);
    long bytes = whole.visitedBytes();
    SearchResult onDisk;
    do {
      bytes += bytes / 8;
      onDisk = search(program, with(bytes).withDisk(new Disk(folder)));
    } while (!onDisk.complete());
    assertEquals(whole, onDisk);
    assertEquals(StopReason.MEMORY, search(program, with(bytes)).stop());
    assertNothingIsLeft();
  }

  private static Settings with(long bytes) {
    return Settings.DEFAULT.withBudget(new Budget(Budget.MAX_STATES, 1e9, bytes));
  }

  /**
   * It is full earlier and later: when the search begins, in the middle, when progress is decided.
   */
  @Test
  void aFullDiskIsUndecidedWithWhatWasFound() throws IOException {
    Program program = subject("switch-out+H8");
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    SearchResult whole = search(program, PROGRESS.withDisk(full(left)));
    int all = Integer.MAX_VALUE - left.get();
    List<SearchResult> cut = new ArrayList<>();
    for (int pieces : new int[] {0, 1, 4, all / 2, all - 1}) {
      SearchResult result = search(program, PROGRESS.withDisk(full(new AtomicInteger(pieces))));
      assertFalse(result.isFinal());
      result.found().forEach((property, run) -> assertEquals(whole.found().get(property), run));
      assertNothingIsLeft();
      cut.add(result);
    }
    assertEquals(StopReason.DISK, cut.get(0).stop());
    assertEquals(1, cut.get(0).states()); // it is met, and then there is no room
    assertEquals(StopReason.DISK, cut.get(3).stop());
    assertTrue(cut.get(3).states() > 0);
    SearchResult last = cut.get(4);
    assertEquals(StopReason.COMPLETE, last.stop());
    assertEquals(whole.states(), last.states());
    assertTrue(last.undecided().containsValue(StopReason.DISK.text()), last.toString());
  }

  @Test
  void anotherDiskGoesOnFromACheckpointOfOneThatWasFull() throws IOException {
    Program program = new FilterLock(5, false);
    SearchResult whole = search(program, Settings.DEFAULT);
    List<String> told = new ArrayList<>();
    for (int pieces = 1; told.isEmpty(); pieces++) {
      Checkpoints checkpoints = new Checkpoints(folder, pieces + "", "b", "s", 0, told::add);
      Settings settings = Settings.DEFAULT.withCheckpoints(checkpoints);
      assertEquals(
          StopReason.DISK,
          search(program, settings.withDisk(full(new AtomicInteger(pieces)))).stop());
      SearchResult all = search(program, settings.withDisk(new Disk(folder)));
      assertEquals(whole, all);
    }
    assertTrue(told.get(0).endsWith("the search goes on from there"), told.toString());
  }

  /** One that has room for so many times a thing to be written. */
  private Disk full(AtomicInteger left) {
    return new Disk(
        folder,
        (file, zeros, at) -> {
          if (left.decrementAndGet() < 0) {
            throw new IOException("No space left on device");
          }
          file.write(zeros, at);
        });
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  private static Program subject(String name) {
    return named(name).at(2, 2, 2, 3, 0).program();
  }

  private static Subject named(String name) {
    return Subject.all().stream()
        .filter(s -> s.name().equals(name) && s.hardware() == Hardware.MANUALS)
        .findFirst()
        .orElseThrow();
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
