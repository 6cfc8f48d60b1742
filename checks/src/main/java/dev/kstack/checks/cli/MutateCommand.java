package dev.kstack.checks.cli;

import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.mutate.MutationRun;
import dev.kstack.checks.report.TraceFolder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kstack mutate}: the arguments. {@link MutationRun} does it. */
@Command(
    name = "mutate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Checks the checks: makes one mistake in the model or in a design, and searches. Some property"
          + " must break, or there must be a reason why nobody can tell the mutant from the design.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every mutant is killed, or declared equivalent with a reason",
      "1:a mutant survives; or one is killed that was declared equivalent, or not even applied",
      "2:wrong usage: an unknown design, a folder that cannot be written",
      "3:undecided: the budget ended a search",
      "130:Ctrl-C; what was found until then is printed"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./kstack mutate                                  all of them; about a minute",
      "  ./kstack mutate shrinker                         those of one design",
      "  ./kstack mutate switch-out~on-cpu-first          one",
      "  ./kstack mutate --list                           what is changed, without a search",
      "  ./kstack mutate switch-out --trace-dir traces    with the run that kills each"
    })
final class MutateCommand implements Callable<Integer> {
  private final Interrupt interrupt;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "DESIGN",
      arity = "0..*",
      description = "Only mutations of these, or a mutation by its name. Default: all.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--list", description = "Print the mutations, and search nothing.")
  private boolean list;

  @Option(
      names = "--states",
      paramLabel = "N",
      defaultValue = "8M",
      converter = CountConverter.class,
      description = "The most states of one search. Default: 8M.")
  private long states;

  @Option(
      names = "--trace-dir",
      paramLabel = "DIR",
      description = "Write the run that kills each mutant to a file there.")
  private @Nullable Path traceDir;

  MutateCommand(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ProgressLine progress =
        new ProgressLine(
            spec.commandLine().getErr(), Boolean.getBoolean(ProgressLine.STDERR_IS_TERMINAL));
    Settings settings =
        Settings.DEFAULT
            .withBudget(
                new Budget(
                    Math.min(states, Budget.MAX_STATES), Double.POSITIVE_INFINITY, Long.MAX_VALUE))
            .withInterrupted(interrupt::raised)
            .withProgress(progress);
    TraceFolder folder = traceDir == null || list ? null : TraceFolder.at(traceDir);
    MutationRun run =
        new MutationRun(
            names,
            settings,
            folder,
            line -> {
              progress.clear();
              out.println(line);
              out.flush();
            },
            progress::begin);
    if (list) {
      run.list();
      return ExitCode.AS_EXPECTED;
    }
    return ExitCode.of(run.run());
  }
}
