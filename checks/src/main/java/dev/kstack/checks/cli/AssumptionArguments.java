package dev.kstack.checks.cli;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.report.AssumptionChoice;
import dev.kstack.checks.report.Subject;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.SchedulerModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is assumed of hardware, scheduler and threads; what is not given is up to each design. */
final class AssumptionArguments {
  /** Assumptions that go together. */
  enum World {
    SIMPLE(SchedulerModel.SIMPLE, KernelLoad.BARE),
    LINUX(SchedulerModel.FULL, KernelLoad.ALL);

    private final SchedulerModel scheduler;
    private final KernelLoad kernel;

    World(SchedulerModel scheduler, KernelLoad kernel) {
      this.scheduler = scheduler;
      this.kernel = kernel;
    }
  }

  @Option(
      names = "--hardware",
      paramLabel = "MODE",
      split = ",",
      converter = AssumptionConverters.OfHardware.class,
      description = {
        "manuals: the walker sets A before it caches a translation, as Intel and AMD promise.",
        "spec-fill: speculation may also fill a TLB and leave A clear.",
        "stray-a: a walk may set A in a PTE whose P was just cleared (erratum KNL4).",
        "Default: manuals and spec-fill; stray-a for a defect that shows only there. Where one mode"
            + " is meant: manuals, or the first that shows what is seeded."
      })
  private List<Hardware> hardware = new ArrayList<>();

  @Option(
      names = "--scheduler",
      paramLabel = "MODEL",
      split = ",",
      converter = AssumptionConverters.OfScheduler.class,
      description = {
        "simple: a thread changes CPUs by waking up elsewhere only, in one critical section.",
        "full: as Linux: runnable threads migrate, wakeups are queued, the rq lock is dropped in"
            + " schedule(). Or some of it: pull, detach, wake-list, newidle, delayed-dequeue, joined"
            + " by +.",
        "Default: simple, and full too where a design has a search for it."
      })
  private List<SchedulerModel> schedulers = new ArrayList<>();

  @Option(
      names = "--kernel",
      paramLabel = "LOAD",
      split = ",",
      converter = AssumptionConverters.OfKernel.class,
      description = {
        "bare: threads in the kernel hold nothing that who reclaims waits for.",
        "locks: a sleeping lock that reclaim takes. rcu: read-side sections. reclaim: frames in hand."
            + " all: all of it. Or some, joined by +.",
        "Default: bare, and others too where a design has a search for them."
      })
  private List<KernelLoad> kernels = new ArrayList<>();

  @Option(
      names = "--world",
      paramLabel = "WORLD",
      description =
          "simple: --scheduler simple --kernel bare. linux: --scheduler full --kernel all, what Linux"
              + " does.")
  private @Nullable World world;

  /** What was given, for any number of searches. */
  AssumptionChoice choice() {
    if (world == null) {
      return new AssumptionChoice(hardware, schedulers, kernels);
    }
    if (!schedulers.isEmpty() || !kernels.isEmpty()) {
      throw new UsageException("--world: does not go with --scheduler or --kernel");
    }
    return new AssumptionChoice(hardware, List.of(world.scheduler), List.of(world.kernel));
  }

  boolean areDefault() {
    return choice().equals(AssumptionChoice.NONE);
  }

  /**
   * What was given, where one search is meant.
   *
   * @throws UsageException if several were given
   */
  Assumptions one(Subject subject) {
    return one(subject, null);
  }

  /** The same; where nothing was given, that hardware and what the design begins with. */
  Assumptions one(Subject subject, @Nullable Hardware otherwise) {
    ImmutableSet<Assumptions> all = choice().of(subject);
    int given = Math.max(hardware.size(), Math.max(schedulers.size(), kernels.size()));
    if (given > 1) {
      throw new UsageException("give one --hardware, one --scheduler, one --kernel, not several");
    }
    Assumptions first = all.iterator().next();
    return hardware.isEmpty() && otherwise != null ? first.with(otherwise) : first;
  }
}
