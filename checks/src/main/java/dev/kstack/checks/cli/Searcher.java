package dev.kstack.checks.cli;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.explore.StopReason;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.PinnedCounts;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Program;
import java.io.PrintWriter;

/** Searches one job after the other; says on stderr how far it is. */
final class Searcher {
  private final Settings settings;
  private final PrintWriter err;
  private final ProgressLine progress;
  private final PinnedCounts pinned = PinnedCounts.load();

  Searcher(Settings settings, PrintWriter err) {
    progress = new ProgressLine(err, Boolean.getBoolean(ProgressLine.STDERR_IS_TERMINAL));
    this.err = err;
    this.settings = settings.withProgress(progress);
  }

  Settings settings() {
    return settings;
  }

  boolean interrupted() {
    return settings.interrupted().getAsBoolean();
  }

  /** Says something beside the report. */
  void tell(String what) {
    progress.clear();
    err.println("kstack: " + what);
    err.flush();
  }

  /**
   * Searches, to the end or the end of the budget.
   *
   * @param label what the progress line begins with: {@code 3/79} or the like
   */
  SearchResult search(Job job, String label) {
    return search(job, job.program(), label, settings);
  }

  /** The same, with another program in place of the job's, or with other settings. */
  SearchResult search(Job job, Program program, String label, Settings with) {
    progress.begin(
        "[%s] %s, %s".formatted(label, job.name(), job.assumptions()), pinned.states(job));
    try {
      return new Explorer(program, with.withProgress(progress)).search();
    } catch (ModelError e) {
      throw e.saying("%s under %s: %s".formatted(job.name(), job.assumptions(), e.getMessage()));
    } catch (OutOfMemoryError e) {
      return nothingFound(); // the others may still fit
    } finally {
      progress.clear();
    }
  }

  private static SearchResult nothingFound() {
    return new SearchResult(
        StopReason.MEMORY,
        0,
        0,
        0,
        0,
        0,
        0,
        ImmutableMap.of(),
        ImmutableSet.of(),
        ImmutableSet.of(),
        ImmutableSet.of(),
        ImmutableMap.of());
  }
}
