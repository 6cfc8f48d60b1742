package dev.kstack.checks.lincheck;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.report.Job;
import dev.kstack.model.live.LiveStep;
import dev.kstack.model.live.LiveThreads;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jspecify.annotations.Nullable;

/**
 * Lincheck on the live machine: a thread a process, and Lincheck decides who goes on, first with no
 * switch between operations, then with one in every place, with two, and so on. What the
 * environment chooses it does not explore: that is given.
 */
final class LincheckSearch {
  /** Longer than any run that is looked for. */
  private static final int MOST_OPERATIONS = 200;

  /** Processes go round for ever, and a run ends by itself: no loop is a mistake. */
  private static final int NO_BOUND = 1_000_000;

  /**
   * A process is on its way through the kernel's code, to the next operation; the rest of the
   * machine belongs to an operation, and is nowhere to switch threads.
   */
  private static final ImmutableSet<String> ON_ITS_WAY =
      ImmutableSet.of(
          "activate",
          "perform",
          "readOnce",
          "writeOnce",
          "loadAcquire",
          "storeRelease",
          "read",
          "write",
          "cmpxchg",
          "xchg",
          "lock",
          "trylock",
          "unlock",
          "waitUntil",
          "execute",
          "call",
          "sleep",
          "wakeOthers",
          "finish");

  /**
   * What came of it.
   *
   * @param violated the property; null if none was in any run
   * @param steps of the run that did
   * @param runs how many there were
   * @param exhausted were there no other orders left to try?
   */
  record Result(
      @Nullable Property violated, ImmutableList<LiveStep> steps, int runs, boolean exhausted) {}

  /** Lincheck makes machines by a constructor without arguments. */
  private static @Nullable LincheckSearch current;

  private final Program program;
  private final ImmutableSet<Property> until;
  private final Environment environment;
  private List<LiveStep> steps = new ArrayList<>();
  private int runs;

  private LincheckSearch(Program program, ImmutableSet<Property> until, Environment environment) {
    this.program = program;
    this.until = until;
    this.environment = environment;
  }

  /**
   * Tries orders until a property is violated.
   *
   * @param until the properties
   * @param environment what is chosen in every run
   * @param mostRuns no more than that
   */
  static Result of(Job job, ImmutableSet<Property> until, Environment environment, int mostRuns) {
    LincheckSearch search = new LincheckSearch(job.kernel(), until, environment);
    current = search;
    try {
      options(environment.taking().size(), mostRuns).check(MachineOnThreads.class);
      return new Result(null, ImmutableList.of(), search.runs, search.runs < mostRuns);
    } catch (NoErrors.Found e) {
      return new Result(
          search.violated(e.getCause()), ImmutableList.copyOf(search.steps), search.runs, false);
    } finally {
      current = null;
    }
  }

  private Property violated(@Nullable Throwable error) {
    String message = error == null ? "" : String.valueOf(error.getMessage());
    for (Property property : until) {
      if (message.equals(LiveThreads.VIOLATED + property.name())) {
        return property;
      }
    }
    throw new AssertionError("a process failed on its thread", error);
  }

  private static ModelCheckingOptions options(int processes, int mostRuns) {
    return new ModelCheckingOptions()
        .iterations(1)
        .threads(processes)
        .actorsPerThread(1)
        .actorsBefore(0)
        .actorsAfter(0)
        .minimizeFailedScenario(false)
        .invocationsPerIteration(mostRuns)
        .loopBound(NO_BOUND)
        .loopIterationsBeforeThreadSwitch(NO_BOUND)
        .recursionBound(NO_BOUND)
        .verifier(NoErrors.class)
        .addGuarantee(ignored(LincheckSearch::belongsToAnOperation, method -> true))
        // Which word is whose stands in an array, and reading that is no operation.
        .addGuarantee(ignored(name -> name.equals("dev.kstack.model.hardware.Mmu"), "pte"::equals))
        .addGuarantee(
            ignored(
                name -> name.startsWith("dev.kstack.model.live."),
                method -> !ON_ITS_WAY.contains(method) && !method.startsWith("run")));
  }

  private static boolean belongsToAnOperation(String name) {
    return name.startsWith("com.google.common.")
        || name.startsWith("dev.kstack.model.machine.")
        || name.startsWith("dev.kstack.spec.")
        || name.startsWith("dev.kstack.checks.refine.")
        || name.equals(LincheckSearch.class.getName());
  }

  private static ManagedStrategyGuarantee ignored(
      Predicate<String> classes, Predicate<String> methods) {
    return forClasses(classes::test).methods(methods::test).ignore();
  }

  /** Of the search that is under way. */
  private static LincheckSearch current() {
    LincheckSearch search = current;
    if (search == null) {
      throw new IllegalStateException("no search is under way");
    }
    return search;
  }

  static LiveThreads machine() {
    return current().begin();
  }

  static int process(int thread) {
    return current().environment.taking().get(thread);
  }

  private LiveThreads begin() {
    runs++;
    List<LiveStep> taken = new ArrayList<>();
    steps = taken;
    return new LiveThreads(
        program,
        environment::chooser,
        environment.takingAsBits(),
        MOST_OPERATIONS,
        (process, choices) -> taken.add(new LiveStep(process, choices)),
        until);
  }
}
