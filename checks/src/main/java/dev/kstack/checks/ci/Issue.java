package dev.kstack.checks.ci;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something about a search that CI should say.
 *
 * @param run the search
 * @param finding what was found of a property; null where it is about the size of the search
 * @param kind how bad it is
 */
public record Issue(RunReport run, @Nullable Finding finding, Kind kind) {
  /** How bad it is. */
  public enum Kind {
    /** Not as expected: it fails the build. */
    UNEXPECTED,
    /** Not decided. */
    UNDECIDED,
    /** Not as expected or not decided, as in the baseline. */
    KNOWN,
    /** Violated, as is expected of the design or defect. */
    EXPECTED
  }

  /** Those of the searches, in their order. */
  public static ImmutableList<Issue> of(List<RunReport> runs) {
    ImmutableList.Builder<Issue> issues = ImmutableList.builder();
    for (RunReport run : runs) {
      for (Finding finding : run.findings()) {
        Kind kind = kind(run, finding);
        if (kind != null) {
          issues.add(new Issue(run, finding, kind));
        }
      }
      if (run.countsDiffer()) {
        issues.add(new Issue(run, null, Kind.UNEXPECTED));
      }
    }
    return issues.build();
  }

  /** Null where there is nothing to say. */
  static @Nullable Kind kind(RunReport run, Finding finding) {
    if (!finding.decided() || !finding.asExpected()) {
      if (run.known().contains(finding.property())) {
        return Kind.KNOWN;
      }
      return finding.decided() ? Kind.UNEXPECTED : Kind.UNDECIDED;
    }
    return finding.verdict() == Verdict.VIOLATED ? Kind.EXPECTED : null;
  }

  /** Which search: {@code switch-out+H8 under manuals}. */
  static String name(RunReport run) {
    return "%s under %s".formatted(run.job().name(), run.job().assumptions());
  }

  /** The property, or what stands for the size of the search. */
  String rule() {
    return finding == null ? SIZE_RULE : finding.property().name();
  }

  /** As a property is called: the size of the search is as it is pinned. */
  static final String SIZE_RULE = "pinned-counts";

  /** In a sentence. */
  String message() {
    if (finding == null) {
      return "%s: %s".formatted(name(run), String.join(" ", run.remarks()));
    }
    String expected =
        finding.asExpected()
            ? ", as expected"
            : finding.decided() ? "; expected: " + finding.expected() : "";
    String known = kind == Kind.KNOWN ? ", as in the baseline" : "";
    return "%s: %s %s%s%s"
        .formatted(name(run), finding.property(), finding.verdict(), expected, known);
  }
}
