package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes a search smaller changes nothing that it says. */
class ReductionsTest {
  private static final Reductions TRANSACTIONS = new Reductions(true, false, false);
  private static final Reductions CANONICAL_NAMES = new Reductions(false, true, false);
  private static final Reductions DEAD_VALUES = new Reductions(false, false, true);

  /** Sizes at which the full search of each ends within a second or two. */
  static Stream<Subject> subjects() {
    List<Subject> subjects = new ArrayList<>();
    for (Subject s : Subject.all()) {
      if (!s.hasShrinker()) {
        subjects.add(s.at(1, 2, 2, 1));
        subjects.add(s.obeysLocks() ? s.at(2, 1, 3, 1) : s.at(2, 1, 2, 1));
      } else if (s.obeysLocks()) {
        subjects.add(s.at(1, 2, 2, 0));
        subjects.add(s.at(2, 1, 2, 1));
      } else {
        subjects.add(s.at(2, 1, 2, 2, 1));
      }
    }
    return subjects.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void eachReductionFindsWhatTheFullSearchFinds(Subject subject) {
    SearchResult full = subject.search(Reductions.NONE);
    for (Reductions reductions :
        List.of(TRANSACTIONS, CANONICAL_NAMES, DEAD_VALUES, Reductions.ALL)) {
      SearchResult reduced = subject.search(reductions);
      assertEquals(full.found().keySet(), reduced.found().keySet(), reductions.toString());
      assertEquals(full.premises(), reduced.premises(), reductions.toString());
      assertTrue(reduced.states() <= full.states(), reductions.toString());
    }
  }

  /** Small enough to keep every state whole, twice. */
  static Stream<Subject> smallSubjects() {
    return Subject.all().stream()
        .map(
            s ->
                !s.hasShrinker()
                    ? s.at(2, 1, 2, 1)
                    : s.obeysLocks() ? s.at(2, 1, 2, 0) : s.at(2, 1, 2, 2, 0));
  }

  /**
   * Lipton's theorem: a run after which every process is between two activations can be reordered
   * so that transactions run one after the other, and ends in the same state.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("smallSubjects")
  void transactionsReachTheSameStatesAtRest(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.kernel());
    AllStates full = workshop.search(Reductions.NONE);
    AllStates reduced = workshop.search(TRANSACTIONS);
    assertTrue(full.states().containsAll(reduced.states()), "a transaction is a run of operations");
    assertSameStates(full.atRest(), reduced.atRest());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("smallSubjects")
  void deadValuesAreReadByNobody(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.kernel());
    Set<LongBuffer> full = new HashSet<>();
    for (LongBuffer state : workshop.search(Reductions.NONE).atRest()) {
      full.add(workshop.forget(state.array()));
    }
    assertSameStates(full, workshop.search(DEAD_VALUES).atRest());
  }

  /** Small enough to keep every state of the search without canonical names whole. */
  static Stream<Subject> namedSubjects() {
    return Subject.all().stream()
        .filter(Subject::obeysLocks)
        .map(s -> s.hasShrinker() ? s.at(1, 2, 3, 0) : s.at(2, 2, 2, 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("namedSubjects")
  void aCanonicalSearchVisitsEachStateUnderOneOfItsNames(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.kernel());
    Canonicalizer canonicalizer = new Canonicalizer(workshop.format, workshop.automata);
    Set<LongBuffer> canonical = new HashSet<>();
    for (LongBuffer state : workshop.search(Reductions.ALL).states()) {
      long[] copy = state.array().clone();
      canonicalizer.canonicalize(copy);
      canonical.add(LongBuffer.wrap(copy));
    }
    assertEquals(canonical.size(), subject.search().states());
  }

  /** Says how many differ, and not which: there may be a million. */
  private static void assertSameStates(Set<LongBuffer> expected, Set<LongBuffer> actual) {
    long missing = expected.stream().filter(state -> !actual.contains(state)).count();
    long added = actual.stream().filter(state -> !expected.contains(state)).count();
    assertEquals(0, missing, "states that the full search has and the reduced one has not");
    assertEquals(0, added, "states that the reduced search has and the full one has not");
  }
}
