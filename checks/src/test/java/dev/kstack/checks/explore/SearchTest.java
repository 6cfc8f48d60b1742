package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.bench.FilterLock;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.hardware.TlbRecord;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.SchedulerModel;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A search is exact where it is asked to be, the same every time, and its runs can be run. */
class SearchTest {
  /** Above this, {@code ./kstack check} is the test. */
  private static final int QUICK = 150_000;

  /** Of the larger ones the first levels must do. */
  private static final int UNDER_FULL = 30_000;

  static Stream<Subject> small() {
    return Subject.allSmall();
  }

  static Stream<Subject> atDefaultSizes() {
    return Subject.all().stream().filter(s -> s.obeysLocks() || !s.hasShrinker());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("small")
  void wholeStatesAndFingerprintsFindTheSameCounts(Subject subject) {
    SearchResult prints = subject.search();
    SearchResult exact = subject.search(Settings.DEFAULT.withExact(true));
    assertEquals(exact.states(), prints.states());
    assertEquals(exact.transitions(), prints.transitions());
    assertEquals(exact.depth(), prints.depth());
    assertEquals(0, exact.collisionProbability());
  }

  @Test
  void wholeStatesFindTheCountsOfTheFilterLock() {
    Settings exact = Settings.DEFAULT.withExact(true);
    SearchResult whole = new Explorer(new FilterLock(5, false), exact).search();
    SearchResult prints = new Explorer(new FilterLock(5, false), Settings.DEFAULT).search();
    assertEquals(whole.states(), prints.states());
    assertEquals(whole.transitions(), prints.transitions());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("small")
  void aSecondSearchFindsTheSameRuns(Subject subject) {
    SearchResult first = subject.search();
    SearchResult second = subject.search();
    assertEquals(first.states(), second.states());
    assertEquals(first.transitions(), second.transitions());
    assertEquals(first.found(), second.found());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("small")
  void processesAreDeterministic(Subject subject) {
    boolean large = !subject.looksAtAOnly() || !subject.obeysLocks() || subject.forks();
    Subject smaller = subject.at(1, large ? 1 : 2, 2, 1); // every operation is run again
    assertEquals(
        smaller.search().states(), smaller.search(Settings.DEFAULT.withDebug(true)).states());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("small")
  void tlbEntriesThatCannotMatterDoNotMatter(Subject subject) {
    Subject smaller = subject.hasShrinker() ? subject.at(1, 2, 2, 1) : subject;
    if (subject.hasShrinker() && (subject.ages() || subject.forks() || !subject.obeysLocks())) {
      smaller = subject.at(1, 1, 2, 1);
    }
    SearchResult reduced = smaller.search();
    SearchResult full = new Explorer(smaller.program(TlbRecord.EVERY), Settings.DEFAULT).search();
    assertEquals(full.found().keySet(), reduced.found().keySet());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("atDefaultSizes")
  void whatTheDomainExpectsIsFoundAndEachRunCanBeRun(Subject subject) {
    SearchResult result = subject.search(withStates(QUICK).withProgressOfTasks(true));
    if (!result.complete()) {
      return;
    }
    for (Property property : StackProperties.ALL) {
      if (!subject.expectation().claims(property)) {
        continue;
      }
      boolean good = subject.expectation().expects(subject.assumptions(), property);
      boolean sanity = property.kind() == Property.Kind.SANITY;
      assertEquals(sanity == good, result.found().containsKey(property), property.name());
    }
    result
        .found()
        .forEach(
            (property, run) -> {
              Run shown = Run.of(subject.program(), Reductions.ALL, run);
              assertTrue(
                  shown.raised().contains(property) || shown.held() != null, property.name());
            });
  }

  /** With a thread that can be pulled, queued as WAKING, and stay queued as it sleeps. */
  static Stream<Subject> designsUnderFull() {
    return Subject.all().stream()
        .filter(s -> s.hardware() == Hardware.MANUALS && !s.name().contains("+"))
        .map(s -> s.under(SchedulerModel.FULL).at(2, 1, 2, 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("designsUnderFull")
  void aSchedulerAsUnkindAsLinuxsBreaksOnlyWhatIsExpected(Subject subject) {
    SearchResult result = subject.search(withStates(UNDER_FULL));
    for (Property property : StackProperties.ALL) {
      if (property.kind() == Property.Kind.SAFETY && subject.expectation().claims(property)) {
        assertTrue(
            !result.found().containsKey(property)
                || !subject.expectation().expects(subject.assumptions(), property),
            property.name()); // what is expected to break may take more threads
      }
    }
  }

  /** One is caught where nobody designs like that: by mutants. */
  @Test
  void everyPropertyButSanityHasASeededDefectThatItCatches() {
    Set<Property> caught = new HashSet<>(Set.of(StackProperties.ON_ONE_CPU));
    for (Subject subject : Subject.all()) {
      caught.addAll(subject.expectation().violated(subject.assumptions()));
    }
    for (Property property : StackProperties.ALL) {
      assertEquals(
          property.kind() != Property.Kind.SANITY, caught.contains(property), property.name());
    }
  }

  @Test
  void aBudgetOfStatesEndsTheSearch() {
    SearchResult result = Subject.all().get(2).search(withStates(1000));
    assertEquals(StopReason.STATES, result.stop());
    assertTrue(result.states() < 1100);
  }

  private static Settings withStates(long states) {
    return Settings.DEFAULT.withBudget(
        new Budget(states, Double.POSITIVE_INFINITY, Long.MAX_VALUE));
  }

  /** What is free others leave to stacks: so whoever waits in switch-out gets it. */
  @Test
  void whatH37BreaksItsDesignHoldsAtTheSameSizes() {
    Catalogue catalogue = new Catalogue(Designs.ALL);
    dev.kstack.checks.report.Subject defect = catalogue.find("switch-out+H37");
    Assumptions assumed = defect.assumptions().iterator().next();
    Sizes sizes = new Job(defect, assumed, null).defaultSizes();
    for (String name : List.of("switch-out", "switch-out+H37")) {
      Job job = new Job(catalogue.find(name), assumed, sizes);
      SearchResult result =
          new Explorer(job.program(), Settings.DEFAULT.withProgressOfTasks(true)).search();
      assertEquals(
          !name.equals("switch-out"),
          result.found().containsKey(StackProperties.RUNS_EVENTUALLY),
          name);
    }
  }

  @Test
  void searchEndsSoonBehindAPropertyThatEndsIt() {
    Subject subject = reclaimBehindFinishTask();
    SearchResult whole = subject.search();
    SearchResult first =
        subject.search(
            Settings.DEFAULT.withEndsAt(
                Goal.anyOf(ImmutableSet.of(StackProperties.NO_STACK_FAULT))));

    assertEquals(StopReason.COMPLETE, whole.stop());
    assertEquals(StopReason.FOUND, first.stop());
    assertTrue(first.states() < whole.states());
    assertEquals(
        whole.found().get(StackProperties.NO_STACK_FAULT),
        first.found().get(StackProperties.NO_STACK_FAULT));
  }

  @Test
  void orOnlyBehindAllOfThem() {
    Subject subject = reclaimBehindFinishTask();
    ImmutableSet<Property> two =
        ImmutableSet.of(StackProperties.NO_STACK_FAULT, StackProperties.RUNS_FULLY_MAPPED);
    SearchResult any = subject.search(Settings.DEFAULT.withEndsAt(Goal.anyOf(two)));
    SearchResult all = subject.search(Settings.DEFAULT.withEndsAt(Goal.allOf(two)));

    assertEquals(StopReason.FOUND, all.stop());
    assertEquals(StopReason.FOUND, any.stop());
    assertTrue(any.states() <= all.states());
    assertTrue(all.found().keySet().containsAll(two));
    ImmutableSet<Property> never =
        ImmutableSet.of(StackProperties.NO_STACK_FAULT, StackProperties.LOCK_ORDER);
    assertEquals(
        StopReason.COMPLETE, subject.search(Settings.DEFAULT.withEndsAt(Goal.allOf(never))).stop());
  }

  private static Subject reclaimBehindFinishTask() {
    return Subject.all().stream()
        .filter(s -> s.name().equals("switch-out+H8"))
        .findFirst()
        .orElseThrow()
        .at(2, 2, 2, 1);
  }
}
