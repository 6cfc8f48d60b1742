package dev.kstack.checks.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.Verdict;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.SchedulerModel;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Skipped where Java PathFinder is not installed. */
class JpfSearchTest {
  private static final double SECONDS = 120;

  private static JpfRunner runner;

  @BeforeAll
  static void findJpf() {
    JpfInstallation installation = null;
    String why = "";
    try {
      installation = JpfInstallation.find(JpfInstallation.Places.ofUser());
    } catch (JpfNotFoundException e) {
      why = e.getMessage();
    }
    assumeTrue(installation != null, why);
    runner = new JpfRunner(installation, JpfSettings.load(), 1024, () -> false);
  }

  private static Job job(String name, Sizes sizes) {
    return new Job(new Catalogue(Designs.ALL).find(name), Assumptions.of(Hardware.MANUALS), sizes);
  }

  private static JpfDecision decide(Job job) throws Exception {
    return JpfDecision.of(
        job,
        JpfTarget.ENDLESS,
        runner,
        SECONDS,
        new Explorer(job.kernel(), Settings.DEFAULT).search());
  }

  @Test
  void aDesignThatIsRightHolds() throws Exception {
    JpfDecision decision = decide(job("static", new Sizes(1, 1, 1, 1, 0, 0)));

    assertEquals(Outcome.AS_EXPECTED, decision.outcome(), decision.remarks().toString());
    assertTrue(
        decision.verdicts().stream()
            .filter(v -> v.property().kind() == Property.Kind.SAFETY)
            .allMatch(v -> v.finding().verdict() == Verdict.HOLDS));
    assertTrue(decision.agrees(), decision.remarks().toString());
    assertTrue(decision.states() > decision.explorer().states());
  }

  /** A thread cannot be scheduled for want of frames; and nothing is reclaimed where nothing is. */
  @Test
  void whatShouldBeReachedIsLookedForLikeAViolation() throws Exception {
    JpfDecision decision = decide(job("switch-out", new Sizes(1, 1, 2, 2, 0, 0)));

    assertTrue(decision.agrees(), decision.remarks().toString());
    for (Property property : List.of(StackProperties.PARKS, StackProperties.RECLAIMS)) {
      JpfVerdict verdict =
          decision.verdicts().stream()
              .filter(v -> v.property().equals(property))
              .findFirst()
              .orElseThrow();
      assertEquals(Verdict.REACHED, verdict.finding().verdict(), property.name());
      assertEquals("", verdict.diverged());
    }
  }

  /** H39: who is parked holds what reclaim waits for; a single state shows that it stays so. */
  @Test
  void whoHoldsWhatReclaimWaitsForIsSeenInAState() throws Exception {
    Job bare = job("switch-out", new Sizes(1, 1, 2, 2, 0, 0));
    Job job =
        new Job(bare.subject(), bare.assumptions().with(KernelLoad.LOCKS_ALONE), bare.sizes());
    JpfDecision decision = decide(job);

    assertTrue(decision.agrees(), decision.remarks().toString());
    for (Property property : List.of(StackProperties.PARKS, StackProperties.NO_CIRCLE)) {
      JpfVerdict verdict =
          decision.verdicts().stream()
              .filter(v -> v.property().equals(property))
              .findFirst()
              .orElseThrow();
      assertTrue(verdict.finding().run() != null, property.name());
      assertEquals("", verdict.diverged());
    }
  }

  /** A look again that a scheduler as Linux's takes: its failed attempts are forgotten. */
  @Test
  void underAnUnkindSchedulerItAgrees() throws Exception {
    Job simple = job("switch-out", new Sizes(1, 1, 2, 2, 0, 0));
    JpfDecision decision =
        decide(
            new Job(
                simple.subject(), simple.assumptions().with(SchedulerModel.FULL), simple.sizes()));

    assertTrue(decision.agrees(), decision.remarks().toString());
  }

  @Test
  void theExplorerTakesTheRunThatJpfFinds() throws Exception {
    Job job = job("switch-out+H15", new Sizes(1, 1, 2, 2, 0, 0));
    JpfSearch search =
        runner.search(
            new JpfTask(job, JpfTarget.ENDLESS, ImmutableSet.of(StackProperties.NO_LOST_WAKEUP)),
            SECONDS);

    JpfOutcome.Violated violated =
        assertInstanceOf(JpfOutcome.Violated.class, search.outcome(), search.toString());
    JpfVerdict verdict =
        JpfDecision.replayed(job, StackProperties.NO_LOST_WAKEUP, Verdict.VIOLATED, violated);
    assertEquals("", verdict.diverged());
  }

  @Test
  void aDataRaceIsAtTheLineThatTheExplorerSays() throws Exception {
    Job job = job("switch-out+RACE", new Sizes(1, 1, 2, 2, 0, 0));
    JpfSearch search =
        runner.search(
            new JpfTask(job, JpfTarget.ENDLESS, ImmutableSet.of(StackProperties.DATA_RACE_FREE)),
            SECONDS);

    JpfOutcome.Violated violated =
        assertInstanceOf(JpfOutcome.Violated.class, search.outcome(), search.toString());
    SearchResult explorer = new Explorer(job.kernel(), Settings.DEFAULT).search();
    Run shortest =
        Run.of(job.kernel(), Reductions.ALL, explorer.found().get(StackProperties.DATA_RACE_FREE));
    Run.Event racing =
        shortest.steps().get(shortest.steps().size() - 1).events().stream()
            .filter(e -> !e.races().isEmpty())
            .findFirst()
            .orElseThrow();
    assertEquals(new JpfAccess("C0", racing.file(), racing.line()), violated.race().get(0));
    JpfVerdict verdict =
        JpfDecision.replayed(job, StackProperties.DATA_RACE_FREE, Verdict.VIOLATED, violated);
    assertEquals("", verdict.diverged());
  }

  /** Two marked accesses are no race, wherever threads are found at them. */
  @Test
  void markedAccessesAreNoRace() throws Exception {
    JpfTask task =
        new JpfTask(
                job("switch-out", new Sizes(1, 1, 2, 2, 0, 0)),
                JpfTarget.ENDLESS,
                ImmutableSet.of(StackProperties.DATA_RACE_FREE))
            .announcing("rq[C0].need_resched");
    assertInstanceOf(JpfOutcome.Exhausted.class, runner.search(task, SECONDS).outcome());
  }

  @Test
  void whatTakesTooLongIsUndecided() throws Exception {
    JpfSearch search =
        runner.search(
            new JpfTask(
                job("switch-out", new Sizes(2, 2, 2, 3, 0, 1)),
                JpfTarget.ENDLESS,
                ImmutableSet.of(StackProperties.NO_STACK_FAULT)),
            3);
    assertInstanceOf(JpfOutcome.Stopped.class, search.outcome());
  }

  @Test
  void whatItDoesNotUnderstandIsNoVerdict() throws Exception {
    JpfRunner wrong =
        new JpfRunner(
            runner.installation(),
            new JpfSettings(ImmutableList.of()).with("search.class", "no.such.Search"),
            256,
            () -> false);
    JpfSearch search =
        wrong.search(
            new JpfTask(
                job("static", new Sizes(1, 1, 1, 1, 0, 0)),
                JpfTarget.ENDLESS,
                ImmutableSet.of(StackProperties.NO_STACK_FAULT)),
            30);
    assertInstanceOf(JpfOutcome.Broken.class, search.outcome());
  }
}
