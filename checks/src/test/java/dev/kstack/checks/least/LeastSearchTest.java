package dev.kstack.checks.least;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.explore.StopReason;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.UsageException;
import dev.kstack.checks.report.Verdict;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.StackProperties;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The least is the least, whatever the searches find above it. */
class LeastSearchTest {
  private static final SizeOptions SMALL = new SizeOptions(1, 2, 2, null, null, 0);

  @Test
  void theLeastIsTheFirstThatHoldsEvenIfAGreaterOneBreaks() {
    Answer answer = answer(Quantity.FRAMES, SMALL, s -> s.frames() == 4, s -> true);

    assertEquals(4, answer.value());
    assertEquals(3, answer.breaking().value());
    assertEquals(
        ImmutableList.of(Verdict.VIOLATED, Verdict.HOLDS, Verdict.VIOLATED), verdicts(answer));
    assertTrue(String.join("\n", LeastText.answer(answer)).contains("NOT MONOTONE: with 5"));
  }

  @Test
  void aSearchThatIsCutShortBelowDecidesNothing() {
    Answer answer = answer(Quantity.FRAMES, SMALL, s -> s.frames() >= 4, s -> s.frames() != 3);

    assertNull(answer.value());
    assertTrue(answer.undecided());
    assertEquals(ImmutableList.of(Verdict.UNDECIDED), verdicts(answer));
  }

  @Test
  void noneIsNoneOfAllThatArePossible() {
    Answer answer = answer(Quantity.RESERVE, SMALL.withFrames(5), s -> false, s -> true);

    assertNull(answer.value());
    assertEquals(4, answer.attempts().size()); // 0 to 3: 2 of 5 frames are in use at birth
    assertEquals(3, answer.breaking().value());
    assertTrue(!answer.undecided());
  }

  @Test
  void admissionStopsAtTheFirstThatBreaksEvenIfMoreThreadsWouldHold() {
    SizeOptions sizes = new SizeOptions(1, null, 2, 6, null, 0);
    Answer answer = answer(Quantity.ADMISSION, sizes, s -> s.threads() != 3, s -> true);

    assertEquals(2, answer.value());
    assertEquals(3, answer.breaking().value());
  }

  @Test
  void admissionEndsWhereOneMoreCouldNeverRun() {
    SizeOptions sizes = new SizeOptions(1, null, 2, 4, null, 0);
    Answer answer = answer(Quantity.ADMISSION, sizes, s -> true, s -> true);

    assertEquals(3, answer.value()); // a fourth: three top pages and a whole stack are 5 frames
    assertNull(answer.breaking());
    assertTrue(answer.range().whyNotMore().contains("4 would need at least 5 frames"));
  }

  @Test
  void whatIsAskedForIsNotGiven() {
    for (Quantity quantity : Quantity.values()) {
      SizeOptions all = new SizeOptions(1, 2, 2, 4, 0, 0);
      assertThrows(UsageException.class, () -> question("static", quantity, all));
    }
    assertThrows(
        UsageException.class,
        () ->
            new Question(
                Quantity.FRAMES,
                new Catalogue(Designs.ALL).find("static"),
                Assumptions.of(Hardware.MANUALS),
                StackProperties.NO_LOST_WAKEUP,
                SMALL,
                null));
  }

  /**
   * docs/designs.md, the formula: a frame for every page where a thread keeps what it accessed.
   * Where pages go with the saved stack pointer, or with the stack as a whole, what one thread
   * needs is enough.
   */
  @ParameterizedTest(name = "{0}, {1} threads, {2} pages: {3}")
  @CsvSource({
    "switch-out, 1, 2, 2",
    "switch-out, 2, 2, 4",
    "switch-out, 3, 2, 6",
    "switch-out, 2, 3, 6",
    "shrinker, 2, 2, 4",
    "dirty-bit, 2, 2, 4",
    "static, 2, 2, 4",
    "below-sp, 2, 2, 3",
    "user-edge, 2, 2, 3",
    "decay, 2, 2, 3",
  })
  void searchesFindTheFormula(String design, int threads, int pages, int frames) {
    SizeOptions sizes = new SizeOptions(1, threads, pages, null, null, 0);
    Answer answer = search(job -> explore(job), question(design, Quantity.FRAMES, sizes));

    assertEquals(frames, answer.value());
    assertEquals(frames > answer.range().from(), answer.breaking() != null);
  }

  private static SearchResult explore(Job job) {
    return new Explorer(job.program(), Settings.DEFAULT.withProgressOfTasks(true)).search();
  }

  private static Answer answer(
      Quantity quantity,
      SizeOptions sizes,
      Function<Sizes, Boolean> holds,
      Function<Sizes, Boolean> ends) {
    return search(
        job -> result(holds.apply(job.sizes()), ends.apply(job.sizes())),
        question("switch-out", quantity, sizes));
  }

  private static Answer search(Function<Job, SearchResult> search, Question question) {
    Answer answer = new LeastSearch(search, attempt -> {}, 1).answer(question);
    assertNotNull(new LeastJson().of(ImmutableList.of(answer), null));
    return answer;
  }

  private static Question question(String design, Quantity quantity, SizeOptions sizes) {
    return new Question(
        quantity,
        new Catalogue(Designs.ALL).find(design),
        Assumptions.of(Hardware.MANUALS),
        StackProperties.SCHEDULABLE,
        sizes,
        null);
  }

  private static ImmutableList<Verdict> verdicts(Answer answer) {
    return answer.attempts().stream()
        .map(Attempt::verdict)
        .collect(ImmutableList.toImmutableList());
  }

  /** Of a search that never was. */
  private static SearchResult result(boolean holds, boolean ends) {
    Counterexample run =
        new Counterexample(ImmutableList.of(new Counterexample.Step(0, ImmutableList.of())));
    return new SearchResult(
        ends ? StopReason.COMPLETE : StopReason.SECONDS,
        1,
        1,
        1,
        0,
        0,
        0,
        holds || !ends ? ImmutableMap.of() : ImmutableMap.of(StackProperties.SCHEDULABLE, run),
        ImmutableSet.of(StackProperties.NEVER_DOOMED, StackProperties.SCHEDULABLE),
        ImmutableSet.of(),
        ImmutableSet.of(),
        ImmutableMap.of());
  }
}
