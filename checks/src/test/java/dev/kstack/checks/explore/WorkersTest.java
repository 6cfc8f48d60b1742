package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.bench.FilterLock;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.machine.Program;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search finds does not depend on how many search, in nothing but its time. */
class WorkersTest {
  private static final Settings PROGRESS = Settings.DEFAULT.withProgressOfTasks(true);

  /** Large enough that levels are cut into pieces, with safety and progress broken in some. */
  static List<Subject> subjects() {
    List<Subject> subjects = new ArrayList<>();
    for (Subject s : Subject.all()) {
      if (s.hardware() == Hardware.MANUALS
          && s.name().matches("static|switch-out(\\+H(8|9|21))?|shrinker(\\+H(7|10))?")) {
        subjects.add(s.hasShrinker() ? s.at(2, 2, 2, 3, 0) : s);
      }
    }
    return subjects;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void anyNumberOfWorkersFindTheSame(Subject subject) {
    same(subject.program(), PROGRESS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void theyDoSoWithoutKeepingSteps(Subject subject) {
    same(subject.program(), Settings.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theyDoSoWithWholeStates(boolean progress) {
    Subject subject = subjects().get(0);
    same(subject.program(), Settings.DEFAULT.withExact(true).withProgressOfTasks(progress));
  }

  @Test
  void theyDoSoWithoutReductions() {
    same(new FilterLock(4, false), Settings.DEFAULT.withReductions(Reductions.NONE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 100, 5_000, 20_000})
  void theyEndAtTheSameStateWhenTheBudgetIsUsedUp(long states) {
    Budget budget = new Budget(states, Double.POSITIVE_INFINITY, Long.MAX_VALUE);
    Program program = new FilterLock(5, false);
    same(program, Settings.DEFAULT.withBudget(budget));
    SearchResult one = search(program, Settings.DEFAULT.withBudget(budget), 1);
    assertEquals(StopReason.STATES, one.stop());
    assertTrue(one.states() >= states && one.states() < states + 64, one.toString());
  }

  private static void same(Program program, Settings settings) {
    SearchResult one = search(program, settings, 1);
    for (int workers : new int[] {2, 3, 5}) {
      assertEquals(one, search(program, settings, workers), workers + " workers");
    }
  }

  /** But for the time and the memory that it took. */
  private static SearchResult search(Program program, Settings settings, int workers) {
    SearchResult r = new Explorer(program, settings.withWorkers(workers)).search();
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
