package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.spec.Property;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One search that was done, and what it means.
 *
 * @param job what was searched
 * @param result what the search found
 * @param findings the verdicts
 * @param remarks what people should know of it, a line each: why it is vacuous, which counts
 *     changed
 * @param countsDiffer does the size of the search differ from what is pinned?
 * @param traces the files that were written
 */
public record RunReport(
    Job job,
    SearchResult result,
    ImmutableList<Finding> findings,
    ImmutableList<String> remarks,
    boolean countsDiffer,
    ImmutableMap<Property, Path> traces) {

  /** Judges a search. */
  public static RunReport of(Job job, SearchResult result, @Nullable PinnedCounts pinned) {
    Judge judge = new Judge(job, result);
    ImmutableList<Finding> findings = judge.findings();
    @Nullable String difference = pinned == null ? null : pinned.difference(job, result);
    return new RunReport(
        job,
        result,
        findings,
        new Remarks(job, result, judge, difference).lines(),
        difference != null,
        ImmutableMap.of());
  }

  /** The same, with one more remark. */
  public RunReport withRemark(String remark) {
    return new RunReport(
        job,
        result,
        findings,
        ImmutableList.<String>builder().add(remark).addAll(remarks).build(),
        countsDiffer,
        traces);
  }

  public RunReport withTraces(ImmutableMap<Property, Path> files) {
    return new RunReport(job, result, findings, remarks, countsDiffer, files);
  }

  public Outcome outcome() {
    boolean surprising = findings.stream().anyMatch(f -> f.decided() && !f.asExpected());
    if (surprising || countsDiffer) {
      return Outcome.NOT_AS_EXPECTED;
    }
    return findings.stream().allMatch(Finding::decided) ? Outcome.AS_EXPECTED : Outcome.UNDECIDED;
  }
}
