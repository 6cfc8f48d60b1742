package dev.kstack.checks.cli;

import dev.kstack.checks.browse.ExploreServer;
import dev.kstack.checks.html.ModelSources;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.StoredTrace;
import dev.kstack.checks.report.Subject;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.design.Designs;
import dev.kstack.model.kernel.Assumptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kstack explore}: a page on which one takes the steps oneself. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Serves a page on which you take the steps of a design yourself: any that is possible, from any"
          + " state; or those to the nearest violation of a property.",
      "It is served on 127.0.0.1 only, at an address that nobody can guess, until Ctrl-C.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the page was told to stop",
      "2:wrong usage: an unknown design, impossible sizes, a trace of another machine",
      "130:Ctrl-C"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack explore switch-out",
      "  ./kstack explore switch-out+H8 --hardware manuals",
      "  ./kstack explore shrinker --cpus 1 --threads 2 --pages 2",
      "  ./kstack explore switch-out+H8 --trace traces/switch-out+H8-manuals-no-stack-fault.json"
    })
final class ExploreCommand implements Callable<Integer> {
  private static final double DEFAULT_SECONDS = 30;
  private static final long LOOK_EVERY_MS = 200;

  private final Interrupt interrupt;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DESIGN", description = "switch-out, or switch-out+H8; see designs.")
  private String name = "";

  @ArgGroup(validate = false, heading = "%nWhat is assumed:%n")
  private AssumptionArguments assumptions = new AssumptionArguments();

  @Option(
      names = "--trace",
      paramLabel = "TRACE",
      description = "Begin with the steps of a trace, as --trace-dir writes it, and at its sizes.")
  private @Nullable Path trace;

  @ArgGroup(validate = false, heading = "%nSizes of the machine (default: those of the design):%n")
  private SizeArguments sizes = new SizeArguments();

  @ArgGroup(
      validate = false,
      heading = "%nBudget of each search for a violation (--seconds: 30 by default):%n")
  private BudgetArguments budget = new BudgetArguments();

  ExploreCommand(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() throws InterruptedException {
    Catalogue catalogue = new Catalogue(Designs.ALL);
    StoredTrace begin = trace == null ? null : StoredTrace.read(trace, catalogue);
    Job job = job(catalogue.find(name), begin);
    PrintWriter out = spec.commandLine().getOut();
    try (ExploreServer server = start(job, catalogue, begin)) {
      out.printf("%s under %s; %s%n", job.name(), job.assumptions(), Job.inWords(job.sizes()));
      out.printf("%s%n", server.address());
      out.printf("Open it in a browser. Ctrl-C, or Stop on the page, ends it.%n");
      out.flush();
      boolean told = false;
      while (!told && !interrupt.raised()) {
        told = server.awaitStop(LOOK_EVERY_MS);
      }
    }
    return ExitCode.AS_EXPECTED;
  }

  private Job job(Subject subject, @Nullable StoredTrace begin) {
    Assumptions assumed =
        begin != null && assumptions.areDefault()
            ? begin.job().assumptions()
            : assumptions.one(subject);
    return new Job(
        subject,
        assumed,
        begin != null && sizes.areDefault()
            ? begin.job().sizes()
            : sizes.toOptions().of(subject, assumed));
  }

  private ExploreServer start(Job job, Catalogue catalogue, @Nullable StoredTrace begin) {
    try {
      return ExploreServer.start(
          job, catalogue, budget.toBudget(DEFAULT_SECONDS), ModelSources.ofThisBuild(), begin);
    } catch (IOException e) {
      throw new UsageException("cannot serve on 127.0.0.1 (%s)".formatted(e.getMessage()));
    } catch (UsageException e) {
      throw new UsageException("--trace %s: %s".formatted(trace, e.getMessage()));
    }
  }
}
