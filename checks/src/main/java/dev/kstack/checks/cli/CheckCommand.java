package dev.kstack.checks.cli;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.jpf.JpfRunner;
import dev.kstack.checks.jpf.SmallestSizes;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.JobPlan;
import dev.kstack.checks.report.RealSizes;
import dev.kstack.checks.report.TraceFolder;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.design.Designs;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kstack check}: the arguments. {@link Check} does it. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Explores every interleaving of a design, and says which properties hold and what the shortest"
          + " way is to break one. Without a DESIGN: all designs and all their seeded defects.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is as expected (a seeded defect is expected to be found)",
      "1:something is not as expected; also if the model itself is wrong",
      "2:wrong usage: an unknown design, impossible sizes, a folder that cannot be written",
      "3:undecided: the budget ended a search",
      "130:Ctrl-C; what was found until then is printed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack check",
      "  ./kstack check switch-out shrinker --cpus 2 --threads 3 --pages 4",
      "  ./kstack check switch-out --defects --hardware manuals",
      "  ./kstack check shrinker+H7                     prints the shortest run to each violation",
      "  ./kstack check shrinker --seconds 60 --memory 4G --states 100M",
      "  KSTACK_JAVA_OPTS=-Xmx6g ./kstack check --sizes real --checkpoint real.d",
      "  KSTACK_JAVA_OPTS=-Xmx6g ./kstack check --sizes real --resume real.d    after it was killed",
      "  ./kstack check --trace-dir traces --format json > report.json",
      "  ./kstack check --junit kstack.xml --sarif kstack.sarif --github --baseline report.json",
      "  ./kstack check switch-out --defects --html report.html",
      "  JPF_HOME=~/jpf-core ./kstack check --engine jpf static switch-out+H8"
    })
final class CheckCommand implements Callable<Integer> {
  private static final int MOST_WORKERS = 256;

  private final Interrupt interrupt;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DESIGN",
      completionCandidates = DesignNames.class,
      arity = "0..*",
      description =
          "switch-out, or switch-out+H8 for a design with a defect; see ./kstack designs.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--defects", description = "Add the seeded defects of the designs named.")
  private boolean defects;

  @ArgGroup(validate = false, heading = "%nWhat is assumed:%n")
  private AssumptionArguments assumptions = new AssumptionArguments();

  @Option(
      names = "--sizes",
      paramLabel = "SET",
      description = {
        "default: the smallest sizes at which each design and defect shows what is expected of it.",
        "real: 2 CPUs, 3 threads, 4 pages; wants KSTACK_JAVA_OPTS=-Xmx6g. A search"
            + " that is too large has smaller sizes, and says so under its row."
      })
  private SizeSet sizeSet = SizeSet.DEFAULT;

  @ArgGroup(validate = false, heading = "%nSizes of the machine (default: those of each design):%n")
  private SizeArguments sizes = new SizeArguments();

  @ArgGroup(
      validate = false,
      heading = "%nBudget of each search (when it is used up: undecided):%n")
  private BudgetArguments budget = new BudgetArguments();

  @ArgGroup(validate = false, heading = "%nHow to search and report:%n")
  private ReportArguments report = new ReportArguments();

  @ArgGroup(validate = false, heading = "%nTo go on after the program was killed:%n")
  private CheckpointArguments checkpoints = new CheckpointArguments();

  @ArgGroup(validate = false, heading = "%nFor CI systems:%n")
  private CiArguments ci = new CiArguments();

  @ArgGroup(validate = false, heading = "%nAnother engine:%n")
  private EngineArguments engine = new EngineArguments();

  @Mixin private DiskArgument disk = new DiskArgument();

  /** The search and its report. */
  static final class ReportArguments {
    @Option(
        names = "--exact",
        description =
            "Keep whole states instead of 64-bit fingerprints: slower, and no collisions.")
    private boolean exact;

    @Option(
        names = "--check-symmetry",
        description =
            "Ask of every state, and not of some, whether the model does the same there under other"
                + " names of tasks and frames; it takes several times as long. Who looks at numbers is"
                + " an error.")
    private boolean everySymmetry;

    @Option(
        names = "--workers",
        paramLabel = "N",
        description =
            "Threads that search. What is found does not depend on it. Default: one for each core.")
    private int workers = Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        description = "text, or json: alone on stdout, schema kstack-check/1. Default: text.")
    private Format format = Format.TEXT;

    @Option(
        names = "--table",
        description = "All verdicts as a matrix, a row for each search, in place of sentences.")
    private boolean table;

    @Option(
        names = "--show",
        paramLabel = "PROPERTY",
        split = ",",
        description =
            "Print the runs to these, or to all. Default: of one design or defect the run that"
                + " matters most, else of what is not expected.")
    private List<String> show = new ArrayList<>();

    @Option(
        names = "--strict",
        description =
            "Fail also where the situation of a property cannot come up at the sizes that are given.")
    private boolean strict;

    @Option(
        names = "--trace-dir",
        paramLabel = "DIR",
        description =
            "Write a file for each violation, and for how threads come to be parked; and the same as"
                + " JSON, schema kstack-trace/1.")
    private @Nullable Path traceDir;

    @Option(
        names = "--html",
        paramLabel = "FILE",
        description =
            "Write the report as a page as well: one file, with every violation to step through.")
    private @Nullable Path html;

    @Option(
        names = "--accept-counts",
        description =
            "Write the sizes of the searches that end, at default sizes, to the checked-in file that"
                + " later runs are compared with.")
    private boolean acceptCounts;

    int workers() {
      if (workers < 1 || workers > MOST_WORKERS) {
        throw new UsageException(
            "--workers %d: from 1 to %d can search".formatted(workers, MOST_WORKERS));
      }
      return workers;
    }
  }

  CheckCommand(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() throws IOException {
    Catalogue catalogue = new Catalogue(Designs.ALL);
    if (engine.isJpf()) {
      return jpf(catalogue);
    }
    for (String name : report.show) {
      if (!name.equals(TracesToPrint.ALL)
          && StackProperties.ALL.stream().noneMatch(p -> p.name().equals(name))) {
        throw new UsageException(
            "--show %s: no such property; all, or one of %s"
                .formatted(
                    name, StackProperties.ALL.stream().map(Property::name).collect(joining(", "))));
      }
    }
    Settings settings =
        Settings.DEFAULT
            .withBudget(budget.toBudget())
            .withExact(report.exact)
            .withEverySymmetry(report.everySymmetry)
            .withProgressOfTasks(true)
            .withWorkers(report.workers())
            .withInterrupted(interrupt::raised)
            .withDisk(disk.open());
    if (report.html != null) {
      WholeFile.tryOut("--html", report.html); // before a long search, not after it
    }
    budget.warnOfSmallHeap(spec.commandLine().getErr());
    RealSizes real = realSizes();
    JobPlan plan =
        new JobPlan(names, defects, assumptions.choice(), real == null ? sizes.toOptions() : real);
    ImmutableList<Job> jobs = plan.jobs(catalogue);
    try (CheckpointFolder folder = checkpoints.folder(jobs, settings)) {
      return check(catalogue, jobs, settings, folder, real).run();
    }
  }

  private Check check(
      Catalogue catalogue,
      List<Job> jobs,
      Settings settings,
      @Nullable CheckpointFolder folder,
      @Nullable RealSizes real) {
    return new Check(
        catalogue,
        jobs,
        settings,
        folder,
        real,
        report.format,
        new Check.Shown(report.table, ImmutableList.copyOf(report.show), report.strict),
        report.traceDir == null ? null : TraceFolder.at(report.traceDir),
        ci.reports(),
        report.html,
        report.acceptCounts ? SourceTree.pinnedCounts() : null,
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }

  private int jpf(Catalogue catalogue) throws IOException {
    if (report.exact || report.everySymmetry || report.acceptCounts || sizeSet != SizeSet.DEFAULT) {
      throw new UsageException(
          "--engine jpf: does not go with --exact, --check-symmetry, --accept-counts or --sizes");
    }
    if (!ci.areNone()) {
      throw new UsageException(
          "--engine jpf: does not go with --junit, --sarif, --github or --baseline");
    }
    if (report.format != Format.TEXT || report.html != null || report.table) {
      throw new UsageException("--engine jpf: has --format text only");
    }
    if (!checkpoints.areNone()) {
      throw new UsageException("--engine jpf: does not go with --checkpoint, --every or --resume");
    }
    JpfRunner runner =
        EngineArguments.runner(budget.memory(EngineArguments.DEFAULT_MEMORY), interrupt::raised);
    JpfCheck check =
        new JpfCheck(
            runner,
            engine.activations(),
            budget.seconds(EngineArguments.DEFAULT_SECONDS),
            report.traceDir == null ? null : TraceFolder.at(report.traceDir),
            interrupt::raised,
            spec.commandLine().getOut(),
            spec.commandLine().getErr());
    JobPlan plan =
        new JobPlan(
            names,
            defects,
            assumptions.choice(),
            sizes.areDefault() ? new SmallestSizes() : sizes.toOptions());
    return check.run(plan.jobs(catalogue));
  }

  private @Nullable RealSizes realSizes() {
    if (sizeSet == SizeSet.DEFAULT) {
      return null;
    }
    if (!sizes.areDefault()) {
      throw new UsageException(
          "--sizes real: has every size; leave --cpus, --threads and the others away");
    }
    return RealSizes.load();
  }
}
