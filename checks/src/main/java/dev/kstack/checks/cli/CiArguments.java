package dev.kstack.checks.cli;

import dev.kstack.checks.report.Baseline;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a CI system reads. */
final class CiArguments {
  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description =
          "JUnit XML: a test case for each search and property, the trace in the failure.")
  private @Nullable Path junit;

  @Option(
      names = "--sarif",
      paramLabel = "FILE",
      description = "SARIF 2.1.0: results at the model's lines, the trace as a code flow.")
  private @Nullable Path sarif;

  @Option(
      names = "--github",
      description =
          "Annotations for GitHub Actions, on stderr; and a summary, where GITHUB_STEP_SUMMARY says.")
  private boolean github;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "An earlier --format json: what was not as expected, or undecided, then as well, does not"
              + " count.")
  private @Nullable Path baseline;

  boolean areNone() {
    return junit == null && sarif == null && !github && baseline == null;
  }

  /** What to write; a place where nothing can be written is refused before the search. */
  CiReports reports() {
    if (junit != null) {
      WholeFile.tryOut("--junit", junit);
    }
    if (sarif != null) {
      WholeFile.tryOut("--sarif", sarif);
    }
    String summary = System.getenv("GITHUB_STEP_SUMMARY");
    return new CiReports(
        junit,
        sarif,
        github,
        summary == null || summary.isEmpty() ? null : Path.of(summary),
        baseline == null ? null : Baseline.read(baseline));
  }
}
