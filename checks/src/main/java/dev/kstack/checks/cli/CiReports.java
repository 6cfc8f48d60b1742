package dev.kstack.checks.cli;

import dev.kstack.checks.ci.GithubActions;
import dev.kstack.checks.ci.JunitXml;
import dev.kstack.checks.ci.Sarif;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.report.Baseline;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.Trouble;
import dev.kstack.checks.report.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports for CI systems.
 *
 * @param junit where JUnit XML goes; null if nowhere
 * @param sarif where SARIF goes; null if nowhere
 * @param github are there annotations?
 * @param summary the file to which GitHub wants the summary appended; null if there is none
 * @param baseline what was found earlier; null if it does not matter
 */
record CiReports(
    @Nullable Path junit,
    @Nullable Path sarif,
    boolean github,
    @Nullable Path summary,
    @Nullable Baseline baseline) {
  /** The run, with what is nothing new marked so. */
  RunReport compared(RunReport run) {
    return baseline == null ? run : baseline.compare(run);
  }

  /**
   * Writes them all.
   *
   * @param notBegun searches that were planned, and interrupted before
   * @param lost is told of each that cannot be written; the others are
   */
  void write(
      List<RunReport> runs,
      List<Job> notBegun,
      Outcome outcome,
      Reductions reductions,
      PrintWriter err,
      Consumer<UsageException> lost) {
    if (junit != null) {
      attempt(
          () -> WholeFile.write("--junit", junit, JunitXml.of(runs, notBegun, reductions)), lost);
    }
    if (sarif != null) {
      String version = new Version().getVersion()[0].replace("kstack ", "");
      Sarif format = new Sarif(reductions, baseline != null, notBegun.isEmpty(), version);
      attempt(() -> WholeFile.write("--sarif", sarif, format.of(runs)), lost);
    }
    if (github) {
      GithubActions actions = new GithubActions(reductions);
      actions.annotations(runs).forEach(err::println);
      err.flush();
      if (summary != null) {
        attempt(() -> append(summary, actions.summary(runs, outcome)), lost);
      }
    }
  }

  private static void attempt(Runnable write, Consumer<UsageException> lost) {
    try {
      write.run();
    } catch (UsageException e) {
      lost.accept(e);
    }
  }

  private static void append(Path summary, String text) {
    try {
      Files.writeString(summary, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UsageException(
          "--github: GITHUB_STEP_SUMMARY is %s, which cannot be written (%s)"
              .formatted(summary, Trouble.of(e)));
    }
  }
}
