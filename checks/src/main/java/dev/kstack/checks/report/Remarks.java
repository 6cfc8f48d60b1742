package dev.kstack.checks.report;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.StopReason;
import dev.kstack.model.kernel.Decision;
import org.jspecify.annotations.Nullable;

/** What people should know of a run besides its verdicts. */
record Remarks(Job job, SearchResult result, Judge judge, @Nullable String countsDifference) {
  ImmutableList<String> lines() {
    ImmutableList.Builder<String> lines = ImmutableList.builder();
    if (result.stop() == StopReason.FOUND) {
      lines.add(
          "the search ended when the defect was found: what it has not broken is not decided");
    } else if (!result.complete()) {
      lines.add("the search is not complete: " + result.stop().text());
    }
    if (countsDifference != null) {
      lines.add(countsDifference);
    }
    result.undecided().forEach((p, why) -> lines.add("%s is not decided: %s".formatted(p, why)));
    mismatches(lines);
    for (Finding finding : judge.findings()) {
      if (finding.verdict() == Verdict.VACUOUS && !result.premises().contains(finding.property())) {
        lines.add("%s: the situation that it is about never came up".formatted(finding.property()));
      }
    }
    if (result.complete()) {
      for (Decision decision : judge.idle()) {
        lines.add("no operation ever ran of the decision: " + decision.title());
      }
    }
    return lines.build();
  }

  private void mismatches(ImmutableList.Builder<String> lines) {
    for (Verdict expected : Verdict.values()) {
      String found =
          judge.findings().stream()
              .filter(f -> f.decided() && !f.asExpected() && f.expected() == expected)
              .map(f -> "%s %s".formatted(f.property(), f.verdict()))
              .collect(joining(", "));
      if (!found.isEmpty()) {
        boolean tooSmall = expected == Verdict.VIOLATED && !job.atDefaultSizes();
        lines.add(
            "expected: %s; found: %s".formatted(expected, found)
                + (tooSmall ? " at these sizes; expected at " + defaults() : ""));
      }
    }
  }

  private String defaults() {
    return Job.inWords(job.defaultSizes());
  }
}
