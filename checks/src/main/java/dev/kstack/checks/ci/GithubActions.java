package dev.kstack.checks.ci;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.ci.SourceLines.Place;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.RunTraces;
import java.util.List;

/**
 * What GitHub shows of a workflow: annotations at lines of the model, and a summary of the step.
 * Form: GitHub's "Workflow commands for GitHub Actions".
 */
public final class GithubActions {
  /** GitHub takes a mebibyte for each step. */
  private static final int MOST_CHARACTERS = 700_000;

  private final Reductions reductions;

  /** Of searches with these reductions. */
  public GithubActions(Reductions reductions) {
    this.reductions = reductions;
  }

  /** A workflow command for each thing that is new, or not decided. */
  public ImmutableList<String> annotations(List<RunReport> runs) {
    return Issue.of(runs).stream()
        .filter(i -> i.kind() == Issue.Kind.UNEXPECTED || i.kind() == Issue.Kind.UNDECIDED)
        .map(this::annotation)
        .collect(ImmutableList.toImmutableList());
  }

  private String annotation(Issue issue) {
    Place place = SourceLines.of(issue, reductions);
    return "::%s file=%s,line=%d,title=%s::%s"
        .formatted(
            issue.kind() == Issue.Kind.UNEXPECTED ? "error" : "warning",
            property(place.file()),
            place.line(),
            property("kstack: " + issue.rule()),
            data(issue.message()));
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }

  /** The summary, in Markdown: a row for each search, and the traces of what is new. */
  public String summary(List<RunReport> runs, Outcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append("## kstack check: ").append(inWords(outcome)).append("\n\n");
    text.append("| design | hardware | states | seconds | |\n|---|---|--:|--:|---|\n");
    for (RunReport run : runs) {
      text.append(
          "| %s | %s | %,d | %.1f | %s |\n"
              .formatted(
                  run.job().name(),
                  run.job().assumptions().label(),
                  run.result().states(),
                  run.result().seconds(),
                  inWords(run.outcome())));
    }
    for (Issue issue : Issue.of(runs)) {
      if (issue.kind() == Issue.Kind.UNEXPECTED || issue.kind() == Issue.Kind.UNDECIDED) {
        String details = details(issue);
        text.append(
            text.length() + details.length() < MOST_CHARACTERS
                ? details
                : "\n%s (no room for its trace)\n".formatted(html(issue.message())));
      }
    }
    return text.append('\n').toString();
  }

  private String details(Issue issue) {
    Finding finding = issue.finding();
    String trace =
        finding == null || finding.run() == null
            ? String.join("\n", issue.run().remarks())
            : new RunTraces(issue.run().job(), reductions, issue.run().findings()).text(finding);
    return "\n<details><summary>%s</summary>\n\n<pre>\n%s</pre>\n</details>\n"
        .formatted(html(issue.message()), html(trace));
  }

  private static String html(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String inWords(Outcome outcome) {
    return switch (outcome) {
      case AS_EXPECTED -> "as expected";
      case UNDECIDED -> "undecided";
      case NOT_AS_EXPECTED -> "**not as expected**";
    };
  }
}
