package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.spec.Property;
import java.nio.file.Path;
import java.util.List;
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
 * @param known what is not as expected, or not decided, and nothing new: see {@link Baseline}
 * @param traces the files that were written
 */
public record RunReport(
    Job job,
    SearchResult result,
    ImmutableList<Finding> findings,
    ImmutableList<String> remarks,
    boolean countsDiffer,
    ImmutableSet<Property> known,
    ImmutableMap<Property, Path> traces) {

  /** Judges a search. */
  public static RunReport of(Job job, SearchResult result, @Nullable PinnedCounts pinned) {
    return of(new Judge(job, result), job, result, pinned);
  }

  /** By that judge. */
  public static RunReport of(
      Judge judge, Job job, SearchResult result, @Nullable PinnedCounts pinned) {
    ImmutableList<Finding> findings = judge.findings();
    @Nullable String difference = pinned == null ? null : pinned.difference(job, result);
    return new RunReport(
        job,
        result,
        findings,
        new Remarks(job, result, judge, difference).lines(),
        difference != null,
        ImmutableSet.of(),
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
        known,
        traces);
  }

  /** The same, where these are nothing new; nor, if so, is the size of the search. */
  RunReport withKnown(ImmutableSet<Property> properties, boolean counts) {
    return new RunReport(
        job, result, findings, remarks, countsDiffer && !counts, properties, traces);
  }

  public RunReport withTraces(ImmutableMap<Property, Path> files) {
    return new RunReport(job, result, findings, remarks, countsDiffer, known, files);
  }

  public Outcome outcome() {
    List<Finding> fresh = findings.stream().filter(f -> !known.contains(f.property())).toList();
    if (countsDiffer || fresh.stream().anyMatch(f -> f.decided() && !f.asExpected())) {
      return Outcome.NOT_AS_EXPECTED;
    }
    return fresh.stream().allMatch(Finding::decided) ? Outcome.AS_EXPECTED : Outcome.UNDECIDED;
  }
}
