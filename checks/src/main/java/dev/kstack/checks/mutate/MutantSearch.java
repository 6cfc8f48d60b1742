package dev.kstack.checks.mutate;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Goal;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Judge;
import dev.kstack.checks.report.Searched;
import dev.kstack.checks.report.Verdict;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Expectation;
import dev.kstack.model.machine.ModelError;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Searches for what kills a mutant: any finding that is not as it is expected of the design.
 *
 * @param design the design without a mistake
 * @param settings of every search
 */
record MutantSearch(Design design, Settings settings) {
  private static final int MOST_BEYOND = 300_000;

  /** Searches rung by rung until something is found. */
  Fate fate(Mutation mutation, ImmutableList<Rung> rungs) {
    Set<Rewrite> notApplied = new HashSet<>(mutation.rewrites());
    long states = 0;
    for (Rung rung : rungs) {
      Searched searched;
      try {
        searched =
            search(
                mutation, job(mutation, rung), (job, program) -> settings(job, rung), notApplied);
      } catch (ModelError e) {
        return new Fate.Refused(e.getMessage(), rung);
      }
      Job job = searched.job();
      SearchResult result = searched.result();
      states = Math.max(states, result.states());
      Optional<Finding> killer = killer(new Judge(job, result).findings());
      if (killer.isPresent()) {
        Finding finding = killer.get();
        if (!notApplied.isEmpty()) { // it ended early
          search(mutation, job, (j, program) -> beyond(program, notApplied), notApplied);
        }
        return notApplied.isEmpty()
            ? new Fate.Killed(
                finding.property(),
                how(finding),
                rung,
                result.states(),
                job.broken(),
                finding.run())
            : new Fate.NotApplied(notApplied.iterator().next().place());
      }
      if (!result.complete()) {
        return new Fate.Undecided(result.stop().text(), rung, result.states());
      }
    }
    return notApplied.isEmpty()
        ? new Fate.Survived(states)
        : new Fate.NotApplied(notApplied.iterator().next().place());
  }

  private static Searched search(
      Mutation mutation,
      Job first,
      BiFunction<Job, MutatedProgram, Settings> how,
      Set<Rewrite> notApplied) {
    try {
      return Searched.of(
          first,
          job -> {
            MutatedProgram program = program(job, mutation);
            SearchResult result = new Explorer(program, how.apply(job, program)).search();
            notApplied.removeAll(program.applied());
            return result;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is read or written
    }
  }

  /** Whoever breaks a rule of locking may be found before all that was changed is ever done. */
  private Settings beyond(MutatedProgram program, Set<Rewrite> wanted) {
    return settings
        .withInterrupted(() -> program.applied().containsAll(wanted))
        .withProgressOfTasks(false)
        .withBudget(new Budget(MOST_BEYOND, Double.POSITIVE_INFINITY, Long.MAX_VALUE));
  }

  /** What is searched on a rung. */
  Job job(Mutation mutation, Rung rung) {
    return rung.job(
        design, mutation.name(), mutation.applyTo(design.decisions()), mutation.rules());
  }

  static MutatedProgram program(Job job, Mutation mutation) {
    return new MutatedProgram(job.kernel(), mutation.rewrites());
  }

  /**
   * A broken model can have far more states than the design, so its first defect is enough; but of
   * progress, which is decided when all states are known.
   */
  private Settings settings(Job job, Rung rung) {
    Expectation expectation = job.subject().expectation();
    ImmutableSet<Property> unexpected =
        StackProperties.ALL.stream()
            .filter(expectation::claims)
            .filter(property -> property.kind() != Property.Kind.PROGRESS)
            .filter(
                property ->
                    expectation.expects(job.assumptions(), property)
                        == (property.kind() != Property.Kind.SANITY))
            .collect(toImmutableSet());
    return settings.withProgressOfTasks(rung.progress()).withEndsAt(Goal.anyOf(unexpected));
  }

  /** The one with the shortest run; else one that says that something never happens. */
  private static Optional<Finding> killer(ImmutableList<Finding> findings) {
    return findings.stream()
        .filter(finding -> finding.decided() && !finding.asExpected())
        .min(Comparator.comparingInt(MutantSearch::length));
  }

  /** For people: that pages are never reclaimed says more than that properties are vacuous. */
  private static int length(Finding finding) {
    if (finding.run() != null) {
      return finding.run().steps().size();
    }
    return finding.verdict() == Verdict.UNREACHABLE ? Integer.MAX_VALUE - 1 : Integer.MAX_VALUE;
  }

  private static String how(Finding finding) {
    return finding.run() == null
        ? finding.verdict().label()
        : Integer.toString(finding.run().steps().size());
  }
}
