package dev.kstack.checks.cli;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Checkpoints;
import dev.kstack.checks.explore.Goal;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.explore.StopReason;
import dev.kstack.checks.html.HtmlReport;
import dev.kstack.checks.html.ModelSources;
import dev.kstack.checks.report.AssumptionChoice;
import dev.kstack.checks.report.BriefReport;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.JobPlan;
import dev.kstack.checks.report.JsonReport;
import dev.kstack.checks.report.Judge;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.PinnedCounts;
import dev.kstack.checks.report.RealSizes;
import dev.kstack.checks.report.ReportSummary;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.RunTraces;
import dev.kstack.checks.report.Screen;
import dev.kstack.checks.report.Searched;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.TextReport;
import dev.kstack.checks.report.TraceFolder;
import dev.kstack.checks.report.Trouble;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.machine.ModelError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searches one job after the other, and reports. */
final class Check {
  /**
   * What people see.
   *
   * @param matrix a table of all properties, in place of sentences
   * @param runsOf of which properties the runs are printed: names, {@code all}, or, if it is empty,
   *     the one that matters most
   * @param strict is it a failure that the situation of a property never comes up, at any sizes?
   */
  record Shown(boolean matrix, ImmutableList<String> runsOf, boolean strict) {}

  private final Catalogue catalogue;
  private final List<Job> jobs;
  private final Settings settings;
  private final @Nullable CheckpointFolder checkpoints;
  private final @Nullable RealSizes real;
  private final Format format;
  private final Shown shown;
  private final Screen screen = Screen.ofThisProgram();
  private final @Nullable TraceFolder folder;
  private final CiReports ci;
  private final @Nullable Path html;
  private final @Nullable Path accepted;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Searcher searcher;
  private final List<RunReport> runs = new ArrayList<>();

  /** Those whose model is wrong: there is no verdict on them. */
  private final List<Job> refused = new ArrayList<>();

  private boolean filesLost;

  /**
   * A check.
   *
   * @param checkpoints from where searches go on; null if they all begin and end here
   * @param real where the jobs have their sizes from; null if from elsewhere
   * @param shown what of it people see
   * @param folder where traces go; null if they are not written
   * @param ci what CI systems read
   * @param html where the report goes as a page; null if nowhere
   * @param accepted where counts go that are accepted; null if they are compared
   */
  Check(
      Catalogue catalogue,
      List<Job> jobs,
      Settings settings,
      @Nullable CheckpointFolder checkpoints,
      @Nullable RealSizes real,
      Format format,
      Shown shown,
      @Nullable TraceFolder folder,
      CiReports ci,
      @Nullable Path html,
      @Nullable Path accepted,
      PrintWriter out,
      PrintWriter err) {
    this.catalogue = catalogue;
    this.jobs = jobs;
    this.checkpoints = checkpoints;
    this.real = real;
    this.format = format;
    this.shown = shown;
    this.folder = folder;
    this.ci = ci;
    this.html = html;
    this.accepted = accepted;
    this.out = out;
    this.err = err;
    searcher = new Searcher(settings, err);
    this.settings = settings;
  }

  int run() throws IOException {
    BriefReport brief = new BriefReport(jobs, screen.ofText());
    if (!shown.matrix()) {
      print(brief.head());
    }
    PinnedCounts pinned = PinnedCounts.load();
    for (Job planned : jobs) {
      if (searcher.interrupted()) {
        break;
      }
      Searched searched;
      try {
        searched = Searched.of(planned, this::result);
      } catch (ModelError e) {
        searcher.tell("the model is wrong: " + e.getMessage());
        refused.add(planned);
        continue; // the others may still be searched
      }
      Job job = searched.job();
      SearchResult result = searched.result();
      RunReport run =
          RunReport.of(
              new Judge(job, result, shown.strict()),
              job,
              result,
              accepted == null && job.broken().isEmpty() ? pinned : null);
      if (!searched.remark().isEmpty()) {
        run = run.withRemark(searched.remark());
      }
      String smaller = real == null ? null : real.whySmaller(planned);
      if (smaller != null) {
        run = run.withRemark(smaller);
      }
      run = ci.compared(run);
      if (folder != null) {
        run = withTraces(run, folder);
      }
      runs.add(run);
      if (!shown.matrix()) {
        print(brief.row(run));
      }
    }
    Outcome outcome = outcome();
    switch (format) {
      case TEXT -> {
        if (shown.matrix()) {
          print(new TextReport(jobs).lines(runs, screen.ofTables()));
        }
        print(
            new TracesToPrint(
                    jobs, runs, settings.reductions(), folder != null, shown.runsOf(), screen)
                .lines());
        print(realSize());
        print(
            new ReportSummary(screen.ofText(), shown.matrix())
                .lines(runs, jobs.size() - refused.size()));
      }
      case JSON -> out.println(new JsonReport().of(runs, outcome));
    }
    out.flush();
    ci.write(runs, notSearched(), outcome, settings.reductions(), err, this::lost);
    if (html != null) {
      write(html, outcome);
    }
    if (accepted != null) {
      accept(pinned, accepted);
    }
    return filesLost ? ExitCode.USAGE : ExitCode.of(outcome);
  }

  /** Of a search, or of one that a command before this has done. */
  private SearchResult result(Job job) throws IOException {
    int number = runs.size() + refused.size();
    String label = "%d/%d".formatted(number + 1, jobs.size());
    Goal goal = real == null ? Goal.NONE : real.goal(job);
    Settings with = goal.isNone() ? settings : settings.withEndsAt(goal).withProgressOfTasks(false);
    if (checkpoints == null) {
      return searcher.search(job, job.program(), label, with);
    }
    Checkpoints own = checkpoints.of(number, job.broken(), with, searcher::tell);
    SearchResult known = own.result();
    if (known != null) {
      return known;
    }
    SearchResult result = searcher.search(job, job.program(), label, with.withCheckpoints(own));
    if (result.isFinal()) {
      own.finish(result);
    }
    return result;
  }

  private List<String> realSize() {
    if (real == null) {
      return List.of();
    }
    long smaller = runs.stream().filter(run -> real.whySmaller(run.job()) != null).count();
    long found = runs.stream().filter(run -> run.result().stop() == StopReason.FOUND).count();
    return List.of(
        "",
        "%d of %d searches are of 2 CPUs, 3 threads and 4 pages, %d of them until the defect is found;"
            .formatted(runs.size() - smaller, runs.size(), found),
        "%d are smaller, as it says below their rows.".formatted(smaller));
  }

  private Outcome outcome() {
    Outcome outcome =
        runs.stream().map(RunReport::outcome).reduce(Outcome.AS_EXPECTED, Outcome::and);
    if (!refused.isEmpty()) {
      return Outcome.NOT_AS_EXPECTED;
    }
    return runs.size() == jobs.size() ? outcome : outcome.and(Outcome.UNDECIDED);
  }

  /** Those that were refused, and those that were not begun. */
  private List<Job> notSearched() {
    List<Job> all = new ArrayList<>(refused);
    all.addAll(jobs.subList(runs.size() + refused.size(), jobs.size()));
    return all;
  }

  private RunReport withTraces(RunReport run, TraceFolder to) {
    RunTraces traces = new RunTraces(run.job(), settings.reductions(), run.findings());
    return run.withTraces(traces.write(to, this::lost));
  }

  /** A file that cannot be written: all else is, and is said. */
  private void lost(Exception e) {
    filesLost = true;
    err.println("kstack: " + e.getMessage());
    err.flush();
  }

  private void write(Path file, Outcome outcome) {
    try {
      WholeFile.write(
          "--html",
          file,
          new HtmlReport(settings.reductions(), ModelSources.ofThisBuild()).of(runs, outcome));
    } catch (UsageException e) {
      lost(e);
    }
  }

  private void accept(PinnedCounts pinned, Path file) {
    List<Job> known =
        new JobPlan(List.of(), false, AssumptionChoice.NONE, SizeOptions.NONE).jobs(catalogue);
    PinnedCounts counts = pinned.accepting(runs, known);
    try {
      counts.write(file);
      err.printf("kstack: accepted the counts: %s%n", file);
      err.flush();
    } catch (IOException e) {
      throw new UsageException(
          "--accept-counts: cannot write %s (%s)".formatted(file, Trouble.of(e)));
    }
  }

  /** People see a line when it is known. */
  private void print(List<String> lines) {
    if (format == Format.TEXT) {
      lines.forEach(out::println);
      out.flush();
    }
  }
}
