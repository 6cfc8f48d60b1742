package dev.kstack.checks.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.compare.CompareJson;
import dev.kstack.checks.compare.CompareTable;
import dev.kstack.checks.compare.Compared;
import dev.kstack.checks.compare.Measuring;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.Screen;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.Subject;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kstack compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Designs beside each other, at the same sizes: what holds under each reading of the manuals,"
          + " how many pages stacks hold, how many frames it takes so that nobody is locked out for"
          + " ever, and what schedule() has to do more. Every number is found by searches.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything is decided",
      "1:the model itself is wrong",
      "2:wrong usage: an unknown design, impossible sizes",
      "3:undecided: the budget ended a search",
      "130:Ctrl-C; what was found until then is printed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack compare",
      "  ./kstack compare switch-out shrinker below-sp --pages 3",
      "  ./kstack compare --format markdown > designs.md",
      "  ./kstack compare --format json"
    })
final class CompareCommand implements Callable<Integer> {
  private static final double SECONDS = 60;
  private static final String TODAY = "static";
  private static final int CPUS = 2;
  private static final int THREADS = 2;
  private static final int PAGES = 2;

  private final Interrupt interrupt;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DESIGN",
      arity = "0..*",
      description = "See ./kstack designs. Default: all designs, without their defects.")
  private List<String> names = new ArrayList<>();

  @ArgGroup(validate = false, heading = "%nWhat is assumed:%n")
  private AssumptionArguments assumptions = new AssumptionArguments();

  @ArgGroup(
      validate = false,
      heading =
          "%nSizes of the machine (default: properties are searched at those of each design, as in"
              + " check, and measures are taken on 2 CPUs with 2 threads of 2 pages):%n")
  private SizeArguments sizes = new SizeArguments();

  @ArgGroup(
      validate = false,
      heading = "%nBudget of each search (--seconds: 60 by default; used up: undecided):%n")
  private BudgetArguments budget = new BudgetArguments();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, json (schema kstack-compare/1), or markdown. Default: text.")
  private TableFormat format = TableFormat.TEXT;

  CompareCommand(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() {
    List<Subject> subjects = subjects();
    Settings settings =
        Settings.DEFAULT
            .withBudget(budget.toBudget(SECONDS))
            .withProgressOfTasks(true)
            .withInterrupted(interrupt::raised);
    budget.warnOfSmallHeap(spec.commandLine().getErr());
    Searcher searcher = new Searcher(settings, spec.commandLine().getErr());
    subjects.forEach(
        s ->
            assumed(s)
                .forEach(
                    a -> sizes(s, a))); // what is impossible is refused before anything is searched
    List<Compared> designs = compare(subjects, searcher);
    PrintWriter out = spec.commandLine().getOut();
    CompareTable table = new CompareTable(designs);
    switch (format) {
      case TEXT -> table.text(Screen.ofThisProgram()).forEach(out::println);
      case MARKDOWN -> table.markdown().forEach(out::println);
      case JSON -> out.println(new CompareJson().of(designs));
    }
    out.flush();
    boolean decided =
        designs.size() == subjects.size() && designs.stream().allMatch(Compared::decided);
    return decided ? ExitCode.AS_EXPECTED : ExitCode.UNDECIDED;
  }

  private List<Subject> subjects() {
    Catalogue catalogue = new Catalogue(Designs.ALL);
    return (names.isEmpty() ? Designs.ALL.stream().map(Design::name) : names.stream())
        .map(catalogue::find)
        .distinct()
        .toList();
  }

  private List<Compared> compare(List<Subject> subjects, Searcher searcher) {
    Catalogue catalogue = new Catalogue(Designs.ALL);
    List<Compared> designs = new ArrayList<>();
    SizeOptions given = sizes.toOptions();
    Measuring measuring =
        new Measuring(
            or(given.cpus(), CPUS),
            or(given.threads(), THREADS),
            or(given.pages(), PAGES),
            catalogue.find(TODAY),
            (job, program, progress) ->
                searcher.search(
                    job,
                    program,
                    "%d/%d".formatted(designs.size() + 1, subjects.size()),
                    searcher.settings().withProgressOfTasks(progress)));
    for (Subject subject : subjects) {
      ImmutableList.Builder<RunReport> runs = ImmutableList.builder();
      for (Assumptions assumed : assumed(subject)) {
        Job job = new Job(subject, assumed, sizes(subject, assumed));
        String label = "%d/%d".formatted(designs.size() + 1, subjects.size());
        runs.add(RunReport.of(job, searcher.search(job, label), null));
      }
      designs.add(new Compared(subject, runs.build(), measuring.of(subject)));
      if (searcher.interrupted()) {
        break;
      }
    }
    return designs;
  }

  /** The default modes for every design, or they could not be compared. */
  private ImmutableSet<Assumptions> assumed(Subject subject) {
    return assumptions.areDefault()
        ? Hardware.DEFAULT.stream().map(Assumptions::of).collect(ImmutableSet.toImmutableSet())
        : assumptions.choice().of(subject);
  }

  private Sizes sizes(Subject subject, Assumptions assumed) {
    SizeOptions given = sizes.toOptions();
    if (given.threads() != null && given.threads() < 2) {
      throw new UsageException("--threads %d: a switch takes two".formatted(given.threads()));
    }
    boolean whole = subject.decisions().use().movesWhole();
    return (whole && given.pages() != null ? given.withPages(1) : given).of(subject, assumed);
  }

  private static int or(@Nullable Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }
}
