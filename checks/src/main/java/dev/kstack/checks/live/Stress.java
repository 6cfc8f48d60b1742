package dev.kstack.checks.live;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.report.Job;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.live.LiveRun;
import dev.kstack.model.live.Pauses;
import dev.kstack.model.live.RandomChooser;
import dev.kstack.model.machine.ModelError;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A design on all cores: a thread a process, operations that overlap, delays before some of them.
 * Rounds from the initial state, one after the other, until something is violated or the time is
 * over.
 *
 * @param job the design and the machine
 * @param seconds for all rounds
 * @param seed of choices and delays; how operations overlap, no seed decides
 * @param interrupted asked between rounds; true ends it
 */
public record Stress(Job job, double seconds, long seed, BooleanSupplier interrupted) {
  private static final long OPERATIONS_A_ROUND = 20_000;
  private static final double SECONDS_A_ROUND = 1;
  private static final int[] DELAYED_ONE_IN = {20, 4, 100, 0};

  /**
   * What came of it.
   *
   * @param rounds how many were made
   * @param operations how many in all of them
   * @param violated the property that the last round violated; null if none did
   * @param round the seed of that round
   * @param length of the recorded order
   * @param run an order of its operations that the explorer confirms; null if none is known
   * @param unordered why there is none
   * @param error what went wrong with the run itself; null if nothing did
   */
  public record Result(
      int rounds,
      long operations,
      @Nullable Property violated,
      long round,
      int length,
      @Nullable Counterexample run,
      String unordered,
      @Nullable Throwable error) {}

  /** Makes them. */
  public Result run() throws InterruptedException {
    Kernel kernel = job.kernel();
    ImmutableSet<Property> until = claimed(kernel);
    SplittableRandom seeds = new SplittableRandom(seed);
    long began = System.nanoTime();
    long operations = 0;
    int rounds = 0;
    while (true) {
      double left = seconds - (System.nanoTime() - began) / 1e9;
      if (left <= 0 || interrupted.getAsBoolean()) {
        return new Result(rounds, operations, null, 0, 0, null, "", null);
      }
      long round = seeds.nextLong();
      LiveRun live =
          LiveRun.concurrent(
              kernel,
              process -> new RandomChooser(round + process),
              new Pauses(
                  kernel.processes().size(), round, DELAYED_ONE_IN[rounds % DELAYED_ONE_IN.length]),
              Math.min(left, SECONDS_A_ROUND),
              OPERATIONS_A_ROUND,
              true,
              until);
      rounds++;
      operations += live.operations();
      if (live.error() != null) {
        return new Result(rounds, operations, null, round, 0, null, "", live.error());
      }
      for (Property property : live.raised()) {
        if (until.contains(property)) {
          return violated(rounds, operations, property, round, live);
        }
      }
    }
  }

  /** Refinement needs an order of all operations, which a round on all cores does not have. */
  private ImmutableSet<Property> claimed(Kernel kernel) {
    return kernel.layout().claims().stream()
        .filter(p -> p.kind() == Property.Kind.SAFETY)
        .filter(p -> !p.equals(StackProperties.REFINES_SPEC))
        .filter(p -> job.subject().expectation().claims(p))
        .collect(ImmutableSet.toImmutableSet());
  }

  private Result violated(
      int rounds, long operations, Property property, long round, LiveRun live) {
    Counterexample run = OperationRun.of(live.steps());
    String why;
    try {
      why = firstViolation(run, property);
    } catch (ModelError e) {
      why = e.getMessage();
    }
    return new Result(
        rounds,
        operations,
        property,
        round,
        live.steps().size(),
        why.isEmpty() ? run : null,
        why,
        null);
  }

  /** Empty if the run ends with it. */
  private String firstViolation(Counterexample run, Property property) {
    return Run.of(job.program(), Reductions.NONE, run).raised().contains(property)
        ? ""
        : "in the recorded order, %s is not violated at the end".formatted(property);
  }
}
