package dev.kstack.checks.compare;

import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.least.Answer;
import dev.kstack.checks.least.LeastSearch;
import dev.kstack.checks.least.Quantity;
import dev.kstack.checks.least.Question;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.StackProperties;
import org.jspecify.annotations.Nullable;

/** Measures designs, all at the same number of CPUs, threads and pages. */
public final class Measuring {
  private static final int NO_SPECULATION = 0;

  private final int cpus;
  private final int threads;
  private final int pages;
  private final Searches searches;
  private final OperationCount today;

  /** Does the searches. */
  public interface Searches {
    /**
     * One search.
     *
     * @param program what is searched in place of the job's own program
     * @param progress is progress of tasks to be decided?
     */
    SearchResult search(Job job, Program program, boolean progress);
  }

  /**
   * At these sizes.
   *
   * @param staticStacks the design that the others are compared with
   */
  public Measuring(int cpus, int threads, int pages, Subject staticStacks, Searches searches) {
    this.cpus = cpus;
    this.threads = threads;
    this.pages = pages;
    this.searches = searches;
    today = new PathCost(job(staticStacks).kernel()).switches();
  }

  /** A stack that moves as a whole is one page to the model. */
  public int pages(Subject subject) {
    return subject.decisions().use().movesWhole() ? 1 : pages;
  }

  /** All that is measured of the design. */
  public Measures of(Subject subject) {
    Job job = job(subject);
    Census census = new Census(job.kernel());
    boolean counted = searches.search(job, census, false).complete();
    PathCost cost = new PathCost(job(subject).kernel());
    return new Measures(
        job.sizes(),
        counted ? census.leastAsleep() : null,
        counted ? census.mostAsleep() : null,
        counted ? census.mostHeld() : null,
        counted ? keptForEver(job, census.mostHeld()) : null,
        frames(subject),
        trapped(subject, KernelLoad.LOCKS_ALONE),
        trapped(subject, KernelLoad.RCU_ALONE),
        trapped(subject, KernelLoad.RECLAIM_ALONE),
        cost.switches(),
        cost.switches().minus(today),
        cost.entries(),
        cost.exits());
  }

  /**
   * As many frames as anybody could use: nobody is short of one. Speculation only marks pages, so
   * that they are kept as if they had been accessed; runs in which they are accessed are searched.
   */
  private Job job(Subject subject) {
    int p = pages(subject);
    int reserves = subject.decisions().fault() == null ? 0 : cpus * (p - 1);
    int frames = threads * p + reserves + 1;
    return new Job(
        subject,
        Assumptions.of(Hardware.MANUALS),
        new Sizes(cpus, threads, p, frames, 0, NO_SPECULATION));
  }

  /** Who can go back to so many frames can go back to more: so half of what is left is enough. */
  private @Nullable Integer keptForEver(Job job, int most) {
    int least = 0;
    int enough = most;
    while (least < enough) {
      int half = (least + enough) / 2;
      Kernel kernel = job.kernel();
      SearchResult result = searches.search(job, new GivesBack(kernel, half), true);
      if (!result.complete() || result.undecided().containsKey(StackProperties.SCHEDULABLE)) {
        return null;
      }
      if (result.found().containsKey(StackProperties.SCHEDULABLE)) {
        least = half + 1;
      } else {
        enough = half;
      }
    }
    return least;
  }

  /** On one CPU: it is the thread that cannot go on, whoever else may run. */
  private Trapped trapped(Subject subject, KernelLoad load) {
    int p = pages(subject);
    int reserves = subject.decisions().fault() == null ? 0 : p - 1;
    Sizes sizes = new Sizes(1, threads, p, threads * p + reserves, 0, NO_SPECULATION);
    Job job = new Job(subject, Assumptions.of(Hardware.MANUALS).with(load), sizes);
    return Trapped.of(searches.search(job, job.program(), true));
  }

  private @Nullable Answer frames(Subject subject) {
    if (!subject.expectation().claims(StackProperties.SCHEDULABLE)) {
      return null;
    }
    SizeOptions sizes = new SizeOptions(cpus, threads, pages(subject), null, null, null);
    Question question =
        new Question(
            Quantity.FRAMES,
            subject,
            Assumptions.of(Hardware.MANUALS),
            StackProperties.SCHEDULABLE,
            sizes,
            null);
    return new LeastSearch(job -> searches.search(job, job.program(), true), attempt -> {}, 0)
        .answer(question);
  }
}
