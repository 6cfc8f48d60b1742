package dev.kstack.checks.cli;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.live.Stress;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.JobPlan;
import dev.kstack.checks.report.Outcome;
import dev.kstack.checks.report.RunTraces;
import dev.kstack.checks.report.TraceFolder;
import dev.kstack.checks.report.UsageException;
import dev.kstack.checks.report.Verdict;
import dev.kstack.model.design.Designs;
import dev.kstack.spec.Property;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kstack stress}: a design on all cores. {@link Stress} does it. */
@Command(
    name = "stress",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Runs a design on real threads, all at the same time, with delays before operations and the"
          + " invariants on, and says whether something is violated. It proves nothing: what no round"
          + " shows is undecided.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:a violation was found that is expected",
      "1:a violation was found that is not expected; or the model itself is wrong",
      "2:wrong usage",
      "3:undecided: nothing was violated in the time"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack stress switch-out --seconds 60",
      "  ./kstack stress switch-out+H1 --trace-dir traces"
    })
final class StressCommand implements Callable<Integer> {
  private final Interrupt interrupt;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DESIGN", arity = "1..*", description = "switch-out, or switch-out+H8.")
  private List<String> names = List.of();

  @ArgGroup(validate = false, heading = "%nWhat is assumed:%n")
  private AssumptionArguments assumptions = new AssumptionArguments();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "For each design and hardware. Default: 10.")
  private double seconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of choices and delays; how operations overlap, no seed decides. Default: 1.")
  private long seed;

  @Option(
      names = "--trace-dir",
      paramLabel = "DIR",
      description = "Write the trace of a violation, if the order of its operations is known.")
  private @Nullable Path traceDir;

  @ArgGroup(validate = false, heading = "%nSizes of the machine (default: those of each design):%n")
  private SizeArguments sizes = new SizeArguments();

  StressCommand(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!(seconds > 0)) {
      throw new UsageException("--seconds %s: must be more than 0".formatted(seconds));
    }
    TraceFolder folder = traceDir == null ? null : TraceFolder.at(traceDir);
    JobPlan plan = new JobPlan(names, false, assumptions.choice(), sizes.toOptions());
    PrintWriter out = spec.commandLine().getOut();
    Outcome outcome = Outcome.AS_EXPECTED;
    for (Job job : plan.jobs(new Catalogue(Designs.ALL))) {
      out.printf("%s under %s: %s%n", job.name(), job.assumptions(), Job.inWords(job.sizes()));
      out.flush();
      Stress.Result result = new Stress(job, seconds, seed, interrupt::raised).run();
      outcome = outcome.and(report(job, result, folder, out));
      out.flush();
    }
    return ExitCode.of(outcome);
  }

  private Outcome report(
      Job job, Stress.Result result, @Nullable TraceFolder folder, PrintWriter out) {
    out.printf("  %,d rounds, %,d operations%n", result.rounds(), result.operations());
    if (result.error() != null) {
      out.printf("  the run itself went wrong: %s%n", result.error());
      return Outcome.NOT_AS_EXPECTED;
    }
    Property violated = result.violated();
    if (violated == null) {
      out.println("  nothing was violated: undecided");
      return Outcome.UNDECIDED;
    }
    boolean expected = !job.subject().expectation().expects(job.assumptions(), violated);
    out.printf(
        "  %s is VIOLATED%s, in the round with seed %d%n",
        violated, expected ? ", as expected" : "", result.round());
    if (result.run() == null) {
      out.printf(
          "  unordered: of its %,d operations some overlapped, and the order in which they ended is"
              + " not one%n  that the explorer takes to the same end (%s)%n",
          result.length(), result.unordered());
    } else {
      trace(job, violated, result, folder, out);
    }
    return expected ? Outcome.AS_EXPECTED : Outcome.NOT_AS_EXPECTED;
  }

  private void trace(
      Job job,
      Property violated,
      Stress.Result result,
      @Nullable TraceFolder folder,
      PrintWriter out) {
    out.printf("  the explorer takes the same run, %,d operations%n", result.length());
    if (folder != null) {
      Finding finding = new Finding(violated, Verdict.VIOLATED, Verdict.VIOLATED, result.run());
      new RunTraces(job, Reductions.NONE, "a run on real threads that", ImmutableList.of(finding))
          .write(folder, lost -> out.println("kstack: " + lost.getMessage()))
          .values()
          .forEach(file -> out.printf("  written to %s, and the same as JSON%n", file));
    }
  }
}
