package dev.kstack.checks.report;

import static dev.kstack.checks.explore.StopReason.COMPLETE;
import static dev.kstack.checks.explore.StopReason.STATES;
import static dev.kstack.checks.report.Searches.job;
import static dev.kstack.checks.report.Searches.result;
import static dev.kstack.checks.report.Verdict.HOLDS;
import static dev.kstack.checks.report.Verdict.NOT_CLAIMED;
import static dev.kstack.checks.report.Verdict.REACHED;
import static dev.kstack.checks.report.Verdict.UNDECIDED;
import static dev.kstack.checks.report.Verdict.UNREACHABLE;
import static dev.kstack.checks.report.Verdict.VACUOUS;
import static dev.kstack.checks.report.Verdict.VIOLATED;
import static dev.kstack.spec.StackProperties.FRAME_OWNERSHIP;
import static dev.kstack.spec.StackProperties.NEVER_DOOMED;
import static dev.kstack.spec.StackProperties.NO_LOST_WAKEUP;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.PARKS;
import static dev.kstack.spec.StackProperties.RECLAIMS;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.SearchResult;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.spec.Property;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final SizeOptions ONE_CPU = new SizeOptions(1, null, null, null, null, null);
  private static final Job MANUALS = job("switch-out", Hardware.MANUALS, SizeOptions.NONE);
  private static final Job SPEC_FILL = job("switch-out", Hardware.SPEC_FILL, SizeOptions.NONE);

  @Test
  void completeSearchThatFindsNothingProves() {
    RunReport run =
        report(MANUALS, result(MANUALS, COMPLETE, NEVER_DOOMED, RUNS_EVENTUALLY, RECLAIMS, PARKS));

    assertEquals(HOLDS, of(run, NO_STALE_TRANSLATION).verdict());
    assertEquals(REACHED, of(run, PARKS).verdict());
    assertEquals(Outcome.AS_EXPECTED, run.outcome());
  }

  @Test
  void aViolationCountsThoughTheSearchIsNotComplete() {
    Finding found =
        of(report(MANUALS, result(MANUALS, STATES, NO_STALE_TRANSLATION)), NO_STALE_TRANSLATION);

    assertEquals(VIOLATED, found.verdict());
    assertEquals(HOLDS, found.expected());
  }

  @Test
  void incompleteSearchDecidesNothingElse() {
    RunReport run = report(MANUALS, result(MANUALS, STATES, RECLAIMS));

    assertEquals(UNDECIDED, of(run, NO_STALE_TRANSLATION).verdict());
    assertEquals(UNDECIDED, of(run, PARKS).verdict());
    assertEquals(REACHED, of(run, RECLAIMS).verdict());
    assertEquals(Outcome.UNDECIDED, run.outcome());
  }

  @Test
  void unexpectedViolationOutweighsWhatIsUndecided() {
    RunReport run = report(MANUALS, result(MANUALS, STATES, NO_STALE_TRANSLATION));

    assertEquals(Outcome.NOT_AS_EXPECTED, run.outcome());
  }

  @Test
  void expectedViolationIsAsExpectedAndItsAbsenceIsNot() {
    RunReport found =
        report(
            SPEC_FILL,
            result(
                SPEC_FILL,
                COMPLETE,
                NO_STALE_TRANSLATION,
                NEVER_DOOMED,
                RUNS_EVENTUALLY,
                RECLAIMS,
                PARKS));
    assertEquals(Outcome.AS_EXPECTED, found.outcome());

    RunReport missed =
        report(
            SPEC_FILL, result(SPEC_FILL, COMPLETE, NEVER_DOOMED, RUNS_EVENTUALLY, RECLAIMS, PARKS));
    assertEquals(Outcome.NOT_AS_EXPECTED, missed.outcome());
  }

  @Test
  void whereAViolationIsMissedAtOtherSizesTheRemarkSaysWhereItIsExpected() {
    Job small = job("switch-out", Hardware.SPEC_FILL, ONE_CPU);
    RunReport run = report(small, result(small, COMPLETE, RECLAIMS, PARKS));

    assertEquals(Outcome.NOT_AS_EXPECTED, run.outcome());
    String remark = run.remarks().get(0);
    assertTrue(remark.contains("at these sizes; expected at 2 CPUs"), remark);
  }

  @Test
  void propertyWhoseSituationNeverCameUpIsVacuous() {
    SearchResult result =
        Searches.withPremises(result(MANUALS, COMPLETE, RECLAIMS, PARKS), FRAME_OWNERSHIP);
    RunReport run = report(MANUALS, result);

    assertEquals(HOLDS, of(run, FRAME_OWNERSHIP).verdict());
    assertEquals(VACUOUS, of(run, NO_STALE_TRANSLATION).verdict());
    assertEquals(Outcome.NOT_AS_EXPECTED, run.outcome());
  }

  @Test
  void atOtherSizesThatIsInformationUnlessTheJudgeIsStrict() {
    Job other =
        job("switch-out", Hardware.MANUALS, new SizeOptions(1, null, null, null, null, null));
    SearchResult result =
        Searches.withPremises(result(other, COMPLETE, RECLAIMS, PARKS), FRAME_OWNERSHIP);

    RunReport run = RunReport.of(other, result, null);
    assertEquals(VACUOUS, of(run, NO_STALE_TRANSLATION).verdict());
    assertEquals(Outcome.AS_EXPECTED, run.outcome());

    RunReport strict = RunReport.of(new Judge(other, result, true), other, result, null);
    assertEquals(Outcome.NOT_AS_EXPECTED, strict.outcome());

    SearchResult idle = Searches.withExecuted(result(other, COMPLETE), Object.class);
    assertEquals(Outcome.NOT_AS_EXPECTED, RunReport.of(other, idle, null).outcome());
  }

  @Test
  void everythingIsVacuousWhereAnOperationOfTheDesignNeverRan() {
    SearchResult result =
        Searches.withExecuted(result(MANUALS, COMPLETE, RECLAIMS, PARKS), Object.class);
    RunReport run = report(MANUALS, result);

    assertEquals(VACUOUS, of(run, FRAME_OWNERSHIP).verdict());
    assertTrue(
        run.remarks().stream().anyMatch(r -> r.startsWith("no operation ever ran of the decision")),
        run.remarks().toString());
  }

  @Test
  void constantOfAnEnumRanIfTheEnumDid() {
    Job job = job("shrinker+H5", Hardware.SPEC_FILL, SizeOptions.NONE);
    SearchResult all = result(job, COMPLETE);
    assertTrue(new Judge(job, all).idle().isEmpty());

    Class<?>[] enums =
        all.executed().stream()
            .map(c -> Enum.class.isAssignableFrom(c) && !c.isEnum() ? c.getSuperclass() : c)
            .toArray(Class<?>[]::new);
    assertTrue(new Judge(job, Searches.withExecuted(all, enums)).idle().isEmpty());
  }

  @Test
  void sanityIsExpectedAtTheDefaultSizesOnly() {
    RunReport atDefault = report(MANUALS, result(MANUALS, COMPLETE, RECLAIMS));
    assertFalse(of(atDefault, PARKS).asExpected());

    Job elsewhere = job("switch-out", Hardware.MANUALS, ONE_CPU);
    RunReport run = report(elsewhere, result(elsewhere, COMPLETE, RECLAIMS));
    assertEquals(UNREACHABLE, of(run, PARKS).verdict());
    assertEquals(Outcome.AS_EXPECTED, run.outcome());
  }

  @Test
  void whatADesignDoesNotClaimIsNoDefectWhateverIsFound() {
    Job job = job("static", Hardware.MANUALS, SizeOptions.NONE);
    for (SearchResult result :
        List.of(
            result(job, COMPLETE, NO_LOST_WAKEUP), result(job, COMPLETE), result(job, STATES))) {
      Finding finding = of(report(job, result), NO_LOST_WAKEUP);
      assertEquals(NOT_CLAIMED, finding.verdict());
      assertTrue(finding.asExpected());
      assertNull(finding.run());
    }
    assertEquals(Outcome.AS_EXPECTED, report(job, result(job, COMPLETE, NO_LOST_WAKEUP)).outcome());
  }

  @Test
  void progressIsExpectedAtTheDefaultSizesOnly() {
    RunReport atDefault = report(MANUALS, result(MANUALS, COMPLETE, RECLAIMS, PARKS));
    assertEquals(HOLDS, of(atDefault, NEVER_DOOMED).verdict());
    assertFalse(of(atDefault, NEVER_DOOMED).asExpected());

    Job elsewhere = job("switch-out", Hardware.MANUALS, ONE_CPU);
    assertTrue(of(report(elsewhere, result(elsewhere, COMPLETE)), NEVER_DOOMED).asExpected());
  }

  @Test
  void progressThatACompleteSearchDoesNotDecideIsUndecidedAndTheRemarkSaysWhy() {
    SearchResult result =
        Searches.withUndecided(
            result(MANUALS, COMPLETE, NEVER_DOOMED, RUNS_EVENTUALLY, RECLAIMS, PARKS),
            SCHEDULABLE,
            "too large");
    RunReport run = report(MANUALS, result);

    assertEquals(UNDECIDED, of(run, SCHEDULABLE).verdict());
    assertEquals(Outcome.UNDECIDED, run.outcome());
    assertTrue(
        run.remarks().contains("schedulable is not decided: too large"), run.remarks().toString());
  }

  private static RunReport report(Job job, SearchResult result) {
    return RunReport.of(job, result, null);
  }

  private static Finding of(RunReport run, Property property) {
    return run.findings().stream()
        .filter(f -> f.property().equals(property))
        .findFirst()
        .orElseThrow();
  }
}
