package dev.kstack.checks.jpf;

import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Judge;
import dev.kstack.checks.report.SizeChoice;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.Subject;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import java.util.ArrayList;
import java.util.List;

/**
 * The smallest sizes at which a subject shows what is expected of its safety properties: a checker
 * of Java programs takes some hundred times as long as the explorer, which finds them. Where it
 * finds none, the sizes are the smallest of all.
 */
public final class SmallestSizes implements SizeChoice {
  private static final int MOST_CPUS = 2;
  private static final int MOST_THREADS = 2;
  private static final int MOST_PAGES = 3;
  private static final int MOST_SPECULATION = 1;
  private static final long MOST_STATES = 30_000;

  @Override
  public Sizes of(Subject subject, Assumptions assumptions) {
    Sizes best = null;
    long least = MOST_STATES;
    for (Sizes sizes : candidates(subject)) {
      Job job = new Job(subject, assumptions, sizes);
      SearchResult result =
          new Explorer(
                  job.kernel(),
                  Settings.DEFAULT.withBudget(
                      new Budget(least, Budget.UNLIMITED.seconds(), Budget.UNLIMITED.bytes())))
              .search();
      if (result.complete() && result.states() < least && showsAll(job, result)) {
        least = result.states();
        best = sizes;
      }
    }
    return best == null ? candidates(subject).get(0) : best;
  }

  private static boolean showsAll(Job job, SearchResult result) {
    return new Judge(job, result)
        .findings().stream()
            .filter(finding -> JpfTask.canDecide(finding.property()))
            .allMatch(Finding::asExpected);
  }

  /** From the smallest on. */
  private static List<Sizes> candidates(Subject subject) {
    List<Sizes> sizes = new ArrayList<>();
    for (int speculation = 0; speculation <= MOST_SPECULATION; speculation++) {
      for (int cpus = 1; cpus <= MOST_CPUS; cpus++) {
        for (int threads = 1; threads <= MOST_THREADS; threads++) {
          for (int pages = 1; pages <= MOST_PAGES; pages++) {
            add(new SizeOptions(cpus, threads, pages, null, 0, speculation), subject, sizes);
            add(new SizeOptions(cpus, threads, pages, pages, 0, speculation), subject, sizes);
          }
        }
      }
    }
    return sizes;
  }

  private static void add(SizeOptions options, Subject subject, List<Sizes> sizes) {
    try {
      Sizes fit = options.of(subject);
      if (!sizes.contains(fit)) {
        sizes.add(fit);
      }
    } catch (UsageException e) {
      // no such machine
    }
  }
}
