package dev.kstack.checks.mutate;

import static com.google.common.collect.ImmutableSet.toImmutableSet;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
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

/**
 * Searches for what kills a mutant: any finding that is not as it is expected of the design.
 *
 * @param design the design without a mistake
 * @param settings of every search
 */
record MutantSearch(Design design, Settings settings) {

  /** Searches rung by rung until something is found. */
  Fate fate(Mutation mutation, ImmutableList<Rung> rungs) {
    Set<Rewrite> notApplied = new HashSet<>(mutation.rewrites());
    long states = 0;
    for (Rung rung : rungs) {
      Searched searched;
      try {
        searched =
            Searched.of(
                job(mutation, rung),
                job -> {
                  MutatedProgram program = program(job, mutation);
                  SearchResult result = new Explorer(program, settings(job, rung)).search();
                  notApplied.removeAll(program.applied());
                  return result;
                });
      } catch (ModelError e) {
        return new Fate.Refused(e.getMessage(), rung);
      } catch (IOException e) {
        throw new UncheckedIOException(e); // nothing is read or written
      }
      Job job = searched.job();
      SearchResult result = searched.result();
      states = Math.max(states, result.states());
      Optional<Finding> killer = killer(new Judge(job, result).findings());
      if (killer.isPresent()) {
        Finding finding = killer.get();
        return notApplied.isEmpty()
            ? new Fate.Killed(
                finding.property(), how(finding), rung, result.states(), finding.run())
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

  /** What is searched on a rung. */
  Job job(Mutation mutation, Rung rung) {
    return rung.job(design, mutation.name(), mutation.applyTo(design.decisions()));
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
