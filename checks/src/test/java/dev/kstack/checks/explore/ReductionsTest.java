package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.SchedulerModel;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes a search smaller changes nothing that it says. */
class ReductionsTest {
  private static final Reductions TRANSACTIONS = new Reductions(true, false, false);
  private static final Reductions CANONICAL_NAMES = new Reductions(false, true, false);

  /** Sizes at which the full search of each ends within a second or two. */
  static Stream<Subject> subjects() {
    List<Subject> subjects = new ArrayList<>();
    for (Subject s : Subject.all()) {
      if (!Nightly.takes(s)) {
        continue;
      }
      boolean asUsual = Hardware.DEFAULT.contains(s.hardware()) || s.name().endsWith("KNL4");
      if (!asUsual || !s.looksAtAOnly() && s.hardware() != Hardware.MANUALS) {
        continue; // the words and rules are the same, and each is searched five times
      }
      Reductions none = Reductions.NONE;
      subjects.add(
          Subject.firstWithin(
              100_000, none, s.at(2, 1, 3, 1), s.at(2, 1, 2, 1), s.at(2, 1, 2, 2, 1), least(s)));
      boolean asksForFrames = !s.hasShrinker() && !s.decisions().mappedForLife() && !s.goesOn();
      if (s.hardware() == Hardware.MANUALS && asksForFrames && s.looksAtAOnly() && !s.forks()) {
        subjects.add(s.at(1, 2, 3, 4, 0)); // two threads want the frames that one can have
      }
      if (s.hardware() == Hardware.MANUALS && s.name().equals("switch-out")) {
        subjects.add(s.at(2, 2, 2, 0));
      }
    }
    return subjects.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void eachReductionFindsWhatTheFullSearchFinds(Subject subject) {
    SearchResult full = subject.search(Reductions.NONE);
    for (Reductions reductions :
        List.of(TRANSACTIONS, CANONICAL_NAMES, Reductions.DEAD_VALUES, Reductions.ALL)) {
      SearchResult reduced = subject.search(reductions);
      assertEquals(full.found().keySet(), reduced.found().keySet(), reductions.toString());
      assertEquals(full.premises(), reduced.premises(), reductions.toString());
      assertTrue(reduced.states() <= full.states(), reductions.toString());
    }
  }

  /** Small enough to keep every state whole, twice. */
  static Stream<Subject> smallSubjects() {
    return Subject.all().stream()
        .filter(Nightly::takes)
        .map(
            s ->
                Subject.firstWithin(
                    60_000, Reductions.NONE, s.at(2, 1, 2, 1), s.at(2, 1, 2, 2, 0), least(s)));
  }

  /** What nobody's search is too large for. */
  private static Subject least(Subject s) {
    return Subject.firstWithin(60_000, Reductions.NONE, s.at(1, 1, 2, 0), s.at(1, 1, 1, 0));
  }

  /**
   * Lipton's theorem: a run after which every process is between two activations can be reordered
   * so that transactions run one after the other, and ends in the same state. And nobody reads what
   * is forgotten, or a state would be lost, or come up that is none.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("smallSubjects")
  void transactionsAndDeadValuesLoseNoStateAtRest(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.program());
    AllStates full = workshop.search(Reductions.NONE);
    AllStates joined = workshop.search(TRANSACTIONS);
    assertTrue(full.states().containsAll(joined.states()), "a transaction is a run of operations");
    assertSameStates(full.atRest(), joined.atRest());
    Set<LongBuffer> forgotten = forgotten(workshop, full.atRest());
    assertSameStates(forgotten, workshop.search(Reductions.DEAD_VALUES).atRest());
    assertSameStates(forgotten, workshop.search(Reductions.ALL).atRest());
  }

  /** Two threads, so that a CPU waits for frames and runs somebody: transactions make it fit. */
  static Stream<Subject> twoThreads() {
    return Subject.all().stream()
        .filter(s -> !s.hasShrinker() && !s.decisions().mappedForLife())
        .filter(s -> !s.decisions().use().userMode() && s.decisions().purge() == null) // too large
        .filter(s -> !s.forks() && !s.goesOn())
        .filter(s -> s.hardware() == Hardware.MANUALS)
        .map(s -> s.at(2, 2, 2, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("twoThreads")
  void deadValuesLoseNoStateAtRestOfTransactions(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.program());
    Set<LongBuffer> forgotten = forgotten(workshop, workshop.search(TRANSACTIONS).atRest());
    assertSameStates(forgotten, workshop.search(Reductions.ALL).atRest());
  }

  /** What Linux's scheduler does, each by itself, and all of it where the full search fits. */
  static Stream<Subject> schedulers() {
    List<SchedulerModel> pieces =
        List.of(
            SchedulerModel.ONLY_PULL,
            SchedulerModel.ONLY_DETACH,
            SchedulerModel.ONLY_WAKE_LIST,
            SchedulerModel.ONLY_NEWIDLE,
            SchedulerModel.ONLY_DELAYED_DEQUEUE,
            SchedulerModel.FULL);
    List<Subject> subjects = new ArrayList<>();
    for (Subject s : Subject.all()) {
      boolean shrinker = s.name().equals("shrinker");
      if (s.hardware() == Hardware.MANUALS && (shrinker || s.name().equals("switch-out"))) {
        for (SchedulerModel piece : pieces) {
          if (!shrinker || !piece.equals(SchedulerModel.FULL)) {
            Subject under = s.under(piece);
            subjects.add(
                Subject.firstWithin(
                    200_000, Reductions.NONE, under.at(2, 1, 2, 2, 0), under.at(2, 1, 1, 1, 0)));
          }
        }
      }
    }
    return subjects.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("schedulers")
  void underEachSchedulerReductionsLoseNothing(Subject subject) {
    SearchResult full = subject.search(Reductions.NONE);
    SearchResult reduced = subject.search(Reductions.ALL);
    assertEquals(full.found().keySet(), reduced.found().keySet());
    assertEquals(full.premises(), reduced.premises());
    transactionsAndDeadValuesLoseNoStateAtRest(subject);
  }

  private static Set<LongBuffer> forgotten(AllStates.Workshop workshop, Set<LongBuffer> states) {
    Set<LongBuffer> forgotten = new HashSet<>();
    for (LongBuffer state : states) {
      forgotten.add(workshop.forget(state.array()));
    }
    return forgotten;
  }

  /** Small enough to keep every state of the search without canonical names whole. */
  static Stream<Subject> namedSubjects() {
    return Subject.all().stream()
        .filter(Nightly::takes)
        .filter(Subject::obeysLocks)
        .map(
            s ->
                Subject.firstWithin(
                    20_000,
                    Reductions.ALL,
                    s.at(2, 2, 2, 1),
                    s.at(1, 2, 2, 3, 0),
                    s.at(1, 1, 2, 0),
                    s.at(1, 1, 1, 0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("namedSubjects")
  void aCanonicalSearchVisitsEachStateUnderOneOfItsNames(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.program());
    Canonicalizer canonicalizer = new Canonicalizer(workshop.format, workshop.automata);
    Set<LongBuffer> canonical = new HashSet<>();
    for (LongBuffer state : workshop.search(Reductions.ALL).states()) {
      long[] copy = state.array().clone();
      canonicalizer.canonicalize(copy);
      canonical.add(LongBuffer.wrap(copy));
    }
    assertEquals(canonical.size(), subject.search().states());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("namedSubjects")
  void theCanonicalNamesAreTheSameWhateverTheNamesWere(Subject subject) {
    AllStates.Workshop workshop = new AllStates.Workshop(subject.program());
    Canonicalizer canonicalizer = new Canonicalizer(workshop.format, workshop.automata);
    Random random = new Random(1);
    for (LongBuffer state : workshop.search(Reductions.ALL).states()) {
      if (random.nextInt(10) == 0) {
        long[] one = state.array().clone();
        long[] other = renamed(state.array(), workshop, random);
        canonicalizer.canonicalize(one);
        canonicalizer.canonicalize(other);
        assertArrayEquals(one, other);
      }
    }
  }

  /** The same state with every task and frame under another name; word by word, slowly. */
  private static long[] renamed(long[] state, AllStates.Workshop workshop, Random random) {
    Layout layout = workshop.program.layout();
    Renaming renaming = new Renaming(layout.tasks(), layout.frames());
    shuffle(renaming.task, random);
    shuffle(renaming.frame, random);
    long[] renamed = new long[state.length];
    Memory from = new Memory(layout);
    from.bind(state);
    Memory to = new Memory(layout);
    to.bind(renamed);
    int words = layout.words().size();
    int[] left = new int[words];
    for (Word word : layout.words()) {
      left[word.number()] = from.get(word);
    }
    for (Word word : layout.words()) {
      int value = renaming.apply(word.type(), left[word.number()]);
      to.init(word.column() == 0 ? word : sameOf(renaming.task[word.column()], word), value);
    }
    for (int p = 0; p < workshop.automata.length; p++) {
      int node = workshop.format.node(state, p);
      workshop.format.setNode(renamed, p, workshop.automata[p].renamed(node, renaming));
    }
    return renamed;
  }

  /** The word of another task that stands where this one's does. */
  private static Word sameOf(int task, Word word) {
    int distance = (task - word.column()) * word.layout().columnLongs();
    return word.layout().words().stream()
        .filter(w -> w.column() == task)
        .filter(w -> w.index() == word.index() + distance && w.shift() == word.shift())
        .findFirst()
        .orElseThrow();
  }

  private static void shuffle(int[] names, Random random) {
    for (int i = names.length - 1; i > 1; i--) {
      int j = 1 + random.nextInt(i);
      int name = names[i];
      names[i] = names[j];
      names[j] = name;
    }
  }

  /** Says how many differ, and not which: there may be a million. */
  private static void assertSameStates(Set<LongBuffer> expected, Set<LongBuffer> actual) {
    long missing = expected.stream().filter(state -> !actual.contains(state)).count();
    long added = actual.stream().filter(state -> !expected.contains(state)).count();
    assertEquals(0, missing, "states that the full search has and the reduced one has not");
    assertEquals(0, added, "states that the reduced search has and the full one has not");
  }
}
