package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.StopReason;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decision;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.LinkedHashSet;
import java.util.Set;

/** Results of searches that never were, for tests. */
final class Searches {
  private Searches() {}

  static Job job(String name, Hardware hardware, SizeOptions sizes) {
    Subject subject = new Catalogue(Designs.ALL).find(name);
    return new Job(subject, Assumptions.of(hardware), sizes.of(subject));
  }

  /** In which every property's situation came up, every decision acted, and these were found. */
  static SearchResult result(Job job, StopReason stop, Property... found) {
    ImmutableMap.Builder<Property, Counterexample> runs = ImmutableMap.builder();
    for (Property property : found) {
      runs.put(
          property,
          new Counterexample(ImmutableList.of(new Counterexample.Step(0, ImmutableList.of(1)))));
    }
    Set<Class<?>> executed = new LinkedHashSet<>();
    for (Decision decision : job.subject().decisions().all()) {
      executed.add(decision.getClass());
    }
    return new SearchResult(
        stop,
        10,
        20,
        3,
        0.12345,
        100,
        1e-9,
        runs.buildOrThrow(),
        ImmutableSet.copyOf(StackProperties.ALL),
        ImmutableSet.copyOf(executed),
        ImmutableSet.of(),
        ImmutableMap.of());
  }

  static SearchResult withPremises(SearchResult r, Property... premises) {
    return new SearchResult(
        r.stop(),
        r.states(),
        r.transitions(),
        r.depth(),
        r.seconds(),
        r.visitedBytes(),
        r.collisionProbability(),
        r.found(),
        ImmutableSet.copyOf(premises),
        r.executed(),
        r.places(),
        r.undecided());
  }

  static SearchResult withExecuted(SearchResult r, Class<?>... executed) {
    return new SearchResult(
        r.stop(),
        r.states(),
        r.transitions(),
        r.depth(),
        r.seconds(),
        r.visitedBytes(),
        r.collisionProbability(),
        r.found(),
        r.premises(),
        ImmutableSet.copyOf(executed),
        ImmutableSet.of(),
        r.undecided());
  }

  static SearchResult withUndecided(SearchResult r, Property property, String why) {
    return new SearchResult(
        r.stop(),
        r.states(),
        r.transitions(),
        r.depth(),
        r.seconds(),
        r.visitedBytes(),
        r.collisionProbability(),
        r.found(),
        r.premises(),
        r.executed(),
        r.places(),
        ImmutableMap.of(property, why));
  }
}
