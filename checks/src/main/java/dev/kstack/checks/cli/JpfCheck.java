package dev.kstack.checks.cli;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.jpf.JpfDecision;
import dev.kstack.checks.jpf.JpfReport;
import dev.kstack.checks.jpf.JpfRunner;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.TraceFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Lets Java PathFinder search one job after the other, and the explorer too, and reports. */
final class JpfCheck {
  private final JpfRunner runner;
  private final int activations;
  private final double seconds;
  private final @Nullable TraceFolder folder;
  private final BooleanSupplier interrupted;
  private final PrintWriter out;
  private final PrintWriter err;
  private boolean tracesLost;

  JpfCheck(
      JpfRunner runner,
      int activations,
      double seconds,
      @Nullable TraceFolder folder,
      BooleanSupplier interrupted,
      PrintWriter out,
      PrintWriter err) {
    this.runner = runner;
    this.activations = activations;
    this.seconds = seconds;
    this.folder = folder;
    this.interrupted = interrupted;
    this.out = out;
    this.err = err;
  }

  int run(List<Job> jobs) throws IOException {
    out.printf(
        "Java PathFinder, found by %s; %.0f s and %,d MiB for each design; %s.%n%n",
        runner.installation().foundBy(),
        seconds,
        runner.megabytes(),
        activations < 0
            ? "processes act without end"
            : "each process enters the kernel %d times at most".formatted(activations));
    JpfReport report = new JpfReport(jobs);
    print(report.head());
    List<JpfDecision> decisions = new ArrayList<>();
    for (Job job : jobs) {
      if (interrupted.getAsBoolean()) {
        break;
      }
      JpfDecision decision =
          JpfDecision.of(
              job,
              activations,
              runner,
              seconds,
              new Explorer(job.kernel(), Settings.DEFAULT.withInterrupted(interrupted)).search());
      decisions.add(decision);
      print(report.row(decision));
      if (folder != null) {
        report.write(decision, folder, this::lost);
      }
    }
    if (folder == null) {
      decisions.forEach(decision -> print(report.traces(decision)));
    }
    print(report.summary(decisions, jobs.size()));
    Outcome outcome =
        decisions.stream().map(JpfDecision::outcome).reduce(Outcome.AS_EXPECTED, Outcome::and);
    return tracesLost
        ? ExitCode.USAGE
        : ExitCode.of(decisions.size() == jobs.size() ? outcome : outcome.and(Outcome.UNDECIDED));
  }

  private void lost(IOException e) {
    tracesLost = true;
    err.println("kstack: " + e.getMessage());
    err.flush();
  }

  private void print(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }
}
