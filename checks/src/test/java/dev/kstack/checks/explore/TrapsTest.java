package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.spec.StackProperties;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From which states a thread can never run again, as the plain search sees it. */
class TrapsTest {
  static final Settings SETTINGS = Settings.DEFAULT.withProgressOfTasks(true);

  /** Sizes at which the full search of each ends within a second or two. */
  static Stream<Subject> subjects() {
    List<Subject> subjects = new ArrayList<>();
    for (Subject s : Subject.all()) {
      boolean manuals = s.hardware() == Hardware.MANUALS;
      if (!Nightly.takes(s) || !Hardware.DEFAULT.contains(s.hardware())) {
        continue; // what a stray A does is another question
      }
      if (!s.name().matches("(static|switch-out|shrinker)(\\+.*)?")) {
        if (manuals) {
          subjects.add(
              Subject.firstWithin(
                  40_000, Reductions.NONE, s.at(1, 2, 2, 0), s.at(1, 1, 2, 0), s.at(1, 1, 1, 0)));
          if (!s.forks() && !s.hasShrinker() && s.decisions().purge() == null) {
            subjects.add(s.at(1, 2, 1, 0));
          }
        }
        continue;
      }
      if (s.hasShrinker() && manuals) {
        subjects.add(s.at(1, 2, 2, 3, 0));
      } else if (!s.hasShrinker()) {
        subjects.add(s.at(1, 2, 2, manuals ? 0 : 1));
      }
      if (manuals && s.name().equals("switch-out")) {
        subjects.add(s.at(2, 2, 2, 0));
      }
    }
    return subjects.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void eachReductionFindsATrapIfThereIsOne(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.program());
    PlainGraph full = new PlainGraph(workshop, Reductions.NONE, Integer.MAX_VALUE);
    int depth = full.depthOfFirstTrap();
    // In the middle of a transaction a thread may be as good as doomed, and not be counted so yet.
    boolean atRest = full.trappedAtRest(false).values().stream().anyMatch(tasks -> tasks != 0);
    for (boolean transactions : new boolean[] {false, true}) {
      for (boolean names : new boolean[] {false, true}) {
        for (boolean dead : new boolean[] {false, true}) {
          Reductions r = new Reductions(transactions, names, dead);
          Counterexample trap = trap(subject.search(SETTINGS.withReductions(r)));
          if (!transactions || depth < 0 || atRest) {
            assertEquals(depth >= 0, trap != null, r.toString());
          }
          if (trap != null && !transactions) {
            assertEquals(depth, trap.steps().size(), r.toString());
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void transactionsAndDeadValuesTrapTheSameThreadsInEveryStateAtRest(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.program());
    PlainGraph full = new PlainGraph(workshop, Reductions.NONE, Integer.MAX_VALUE);
    PlainGraph joined =
        new PlainGraph(workshop, new Reductions(true, false, false), Integer.MAX_VALUE);
    PlainGraph forgotten = new PlainGraph(workshop, Reductions.ALL, Integer.MAX_VALUE);
    assertTrue(full.trappedAtRest(false).equals(joined.trappedAtRest(false)), "transactions");
    Map<LongBuffer, Integer> wanted = full.trappedAtRest(true);
    forgotten
        .trappedAtRest(false)
        .forEach((state, tasks) -> assertEquals(wanted.get(state), tasks, "dead values"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void theRunIsAShortestOneAndEndsInATrap(Subject subject) {
    Counterexample run = trap(subject.search(SETTINGS));
    PlainGraph plain =
        new PlainGraph(
            new AllStates.Workshop(subject.program()), Reductions.ALL, Integer.MAX_VALUE);
    assertEquals(plain.depthOfFirstTrap(), run == null ? -1 : run.steps().size());
    if (run != null) {
      Run shown = Run.of(subject.program(), Reductions.ALL, run);
      assertTrue(((Ending.Trap) run.ending()).states() > 0);
      assertFalse(shown.held().why().isEmpty());
    }
  }

  /**
   * Domain, H14: where every page of every thread may come to be accessed, and so kept, nobody is
   * trapped if there is a frame for each, and somebody is doomed if there is one less; that is all
   * that traps. The frame of another user does not count: it comes back.
   */
  @ParameterizedTest(name = "{0} threads, {1} pages: {2} frames")
  @CsvSource({
    "1, 3, 3, true",
    "1, 3, 4, true",
    "2, 2, 3, false",
    "2, 2, 4, true",
    "2, 2, 5, true",
    "2, 3, 4, false",
    "2, 3, 5, false",
    "2, 3, 6, true",
    "3, 2, 4, false",
    "3, 2, 5, false",
    "3, 2, 6, true",
  })
  void aFrameForEveryPageIsWhatItTakes(int threads, int pages, int frames, boolean holds) {
    for (Subject s : Subject.all()) {
      boolean design = s.name().equals("switch-out") || s.name().equals("shrinker");
      if (design && s.hardware() == Hardware.MANUALS) {
        int cpus = threads == 3 ? 1 : 2;
        SearchResult result = s.at(cpus, threads, pages, frames, 0).search(SETTINGS);
        assertTrue(result.complete());
        boolean doomed = result.found().containsKey(StackProperties.NEVER_DOOMED);
        assertEquals(holds, !doomed, s.toString());
        assertNull(trap(result), "who is not doomed can still get to run");
      }
    }
  }

  @Test
  void withoutTheSwitchNothingIsKeptAndNothingDecided() {
    SearchResult result = Subject.all().get(2).at(1, 2, 2, 0).search();
    assertNull(trap(result));
    assertTrue(result.undecided().containsKey(StackProperties.SCHEDULABLE));
  }

  @Test
  void whereStepsDoNotFitIntoTheBudgetTheRestIsDecided() {
    Subject subject = Subject.all().get(2).at(2, 2, 3, 1);
    SearchResult without = subject.search();
    SearchResult result;
    long bytes = 1 << 20;
    do {
      bytes += bytes / 20;
      result = subject.search(SETTINGS.withBudget(new Budget(Budget.MAX_STATES, 1e9, bytes)));
    } while (!result.complete());
    assertEquals(without.found(), result.found());
    assertEquals(StopReason.MEMORY.text(), result.undecided().get(StackProperties.SCHEDULABLE));
  }

  private static Counterexample trap(SearchResult result) {
    return result.found().get(StackProperties.SCHEDULABLE);
  }
}
