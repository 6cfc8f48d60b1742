package dev.kstack.checks.cli;

import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.least.Quantity;
import dev.kstack.checks.least.Question;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.Subject;
import dev.kstack.checks.report.TraceFolder;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kstack least}: the arguments. {@link Least} does it. */
@Command(
    name = "least",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "The fewest frames, the smallest reserve or the most threads with which nobody can become"
          + " unschedulable for ever (schedulable). Searches value by value from the least that is"
          + " possible, and prints the run that breaks the property with one less.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:decided; also if there is none",
      "1:the model itself is wrong",
      "2:wrong usage: an unknown design, impossible sizes, a folder that cannot be written",
      "3:undecided: the budget ended a search",
      "130:Ctrl-C; what was found until then is printed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack least frames switch-out",
      "  ./kstack least frames shrinker --threads 3 --pages 2 --trace-dir traces",
      "  ./kstack least reserve pin-kthreads+H13",
      "  ./kstack least admission switch-out --pages 2 --frames 5",
      "  ./kstack least frames below-sp --property runs-eventually --pages 2",
      "  ./kstack least frames switch-out --table --seconds 20"
    })
final class LeastCommand implements Callable<Integer> {
  private static final double TABLE_SECONDS = 10;

  private final Interrupt interrupt;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "reserve|frames|admission",
      description = {
        "reserve: frames that other users of memory leave to stacks.",
        "frames: frames in the machine.",
        "admission: threads. The most, such that the property holds with that many and any fewer."
      })
  private Quantity quantity;

  @Parameters(index = "1", paramLabel = "DESIGN", description = "See ./kstack designs.")
  private String name;

  @Option(
      names = "--property",
      paramLabel = "NAME",
      converter = PropertyConverter.class,
      description =
          "What must hold: schedulable, runs-eventually, deadlock-free, or any other that can be"
              + " violated. Default: schedulable.")
  private Property property = StackProperties.SCHEDULABLE;

  @ArgGroup(validate = false, heading = "%nWhat is assumed:%n")
  private AssumptionArguments assumptions = new AssumptionArguments();

  @Option(
      names = "--up-to",
      paramLabel = "N",
      description = "The last value to search. Default: what the sizes allow.")
  private @Nullable Integer upTo;

  @Option(
      names = "--above",
      paramLabel = "N",
      description =
          "How many values above the least to search too: it is not assumed that the property holds"
              + " there. Default: 1.")
  private @Nullable Integer above;

  @Option(
      names = "--table",
      description =
          "The least for 1 to 3 threads and 1 to 4 pages, or up to --threads and --pages; ? where a"
              + " search is not over after --seconds (default then: 10).")
  private boolean table;

  @ArgGroup(validate = false, heading = "%nSizes of the machine (default: those of the design):%n")
  private SizeArguments sizes = new SizeArguments();

  @ArgGroup(
      validate = false,
      heading = "%nBudget of each search (when it is used up: undecided):%n")
  private BudgetArguments budget = new BudgetArguments();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text, or json: alone on stdout, schema kstack-least/1. Default: text.")
  private Format format = Format.TEXT;

  @Option(
      names = "--trace-dir",
      paramLabel = "DIR",
      description = "Write the run that breaks the property with one less to files there.")
  private @Nullable Path traceDir;

  LeastCommand(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() {
    if (above != null && above < 0) {
      throw new UsageException("--above %d: must be 0 or more".formatted(above));
    }
    Subject subject = new Catalogue(Designs.ALL).find(name);
    Assumptions assumed = assumptions.one(subject, Hardware.MANUALS);
    SizeOptions options = sizes.toOptions();
    TraceFolder folder = traceDir == null ? null : TraceFolder.at(traceDir);
    budget.warnOfSmallHeap(spec.commandLine().getErr());
    Settings settings =
        Settings.DEFAULT
            .withBudget(table ? budget.toBudget(TABLE_SECONDS) : budget.toBudget())
            .withProgressOfTasks(true)
            .withInterrupted(interrupt::raised);
    Least least =
        new Least(
            new Searcher(settings, spec.commandLine().getErr()),
            format,
            folder,
            above,
            spec.commandLine().getOut(),
            spec.commandLine().getErr());
    if (!table) {
      return least.answer(new Question(quantity, subject, assumed, property, options, upTo));
    }
    if (quantity == Quantity.ADMISSION) {
      throw new UsageException(
          "--table: not for admission; least frames --table has the same bounds, as frames for"
              + " threads");
    }
    return least.table(new Question(quantity, subject, assumed, property, options, upTo));
  }
}
