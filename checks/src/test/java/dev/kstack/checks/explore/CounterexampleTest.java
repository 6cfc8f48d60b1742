package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.bench.FilterLock;
import dev.kstack.spec.Property;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The run that is shown for a property is a shortest one, and it can be run again step by step. */
class CounterexampleTest {
  static Stream<Subject> subjects() {
    return Subject.allSmall();
  }

  /** The other search keeps all states, names no frame or task anew and has no log of parents. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void noOtherSearchFindsAShorterRun(Subject subject) {
    SearchResult result = subject.search();
    Map<Property, Integer> lengths = new HashMap<>();
    result.found().forEach((property, run) -> lengths.put(property, run.steps().size()));
    AllStates all = new AllStates.Workshop(subject.program()).search(Reductions.ALL);
    assertEquals(all.shortest(), lengths);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void everyStepCanBeTakenAndOnlyTheLastRaisesTheProperty(Subject subject) {
    subject
        .search()
        .found()
        .forEach(
            (property, counterexample) -> {
              Run run = Run.of(subject.program(), Reductions.ALL, counterexample);
              assertEquals(counterexample.steps().size(), run.steps().size());
              assertTrue(run.raised().contains(property), property.name());
              assertTrue(
                  run.steps().stream().noneMatch(step -> step.events().isEmpty()),
                  "a step in which nothing happens");
              if (!run.steps().isEmpty()) {
                int butLast = counterexample.steps().size() - 1;
                Run before =
                    Run.of(
                        subject.program(),
                        Reductions.ALL,
                        new SearchResult.Counterexample(
                            counterexample.steps().subList(0, butLast)));
                assertTrue(!before.raised().contains(property), property.name());
              }
            });
  }

  @Test
  void thePlantedDefectOfTheFilterLockShowsInNoFewerStepsThanByHand() {
    SearchResult result = new Explorer(new FilterLock(3, true), Settings.DEFAULT).search();
    int steps = result.found().get(FilterLock.MUTUAL_EXCLUSION).steps().size();
    assertEquals(10, steps);
    assertEquals(steps, fewestStepsByHand());
  }

  /**
   * The filter lock of three once more, without any engine: a state is a list of levels, of who
   * came last at each, and of where each process is.
   */
  private static int fewestStepsByHand() {
    Set<List<Integer>> level = Set.of(List.of(0, 0, 0, 0, 0, 0, 0, 0, 0));
    Set<List<Integer>> seen = new HashSet<>(level);
    for (int depth = 0; !level.isEmpty(); depth++) {
      Set<List<Integer>> next = new HashSet<>();
      for (List<Integer> state : level) {
        if (state.subList(6, 9).stream().filter(place -> place == 3).count() > 1) {
          return depth;
        }
        for (int p = 0; p < 3; p++) {
          int[] s = state.stream().mapToInt(Integer::intValue).toArray();
          if (step(s, p)) {
            List<Integer> successor = java.util.Arrays.stream(s).boxed().toList();
            if (seen.add(successor)) {
              next.add(successor);
            }
          }
        }
      }
      level = next;
    }
    return -1;
  }

  /** Levels at 0, who came last at level l at 3 + l, places at 6: try, set last, pass, leave. */
  private static boolean step(int[] s, int p) {
    switch (s[6 + p]) {
      case 0 -> {
        s[p] = 1;
        s[6 + p] = 1;
      }
      case 1 -> {
        s[3 + s[p]] = p;
        s[6 + p] = 2;
      }
      case 2 -> {
        for (int k = 0; k < 3; k++) {
          if (k != p && s[k] > s[p] && s[3 + s[p]] == p) {
            return false;
          }
        }
        if (s[p] == 2) {
          s[6 + p] = 3;
        } else {
          s[p]++;
          s[6 + p] = 1;
        }
      }
      default -> {
        s[p] = 0;
        s[6 + p] = 0;
      }
    }
    return true;
  }
}
