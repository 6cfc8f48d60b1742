package dev.kstack.checks.walks;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.Designs;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.spec.Property;
import java.util.Comparator;
import java.util.List;

/**
 * A machine with a defect, at its default sizes, and a property that it is expected to break.
 *
 * @param job the machine
 * @param property what it breaks
 */
record Prey(Job job, Property property) {
  /**
   * Every defect under every hardware with every property that it alone breaks; or, where it breaks
   * no more than the design that it is made of, with those that this does.
   */
  static ImmutableList<Prey> all() {
    ImmutableList.Builder<Prey> all = ImmutableList.builder();
    for (Subject subject : new Catalogue(Designs.ALL).all()) {
      if (subject.defect() != null) {
        for (Assumptions assumptions : subject.assumptions()) {
          Job job = new Job(subject, assumptions, SizeOptions.NONE.of(subject, assumptions));
          for (Property property : broken(job)) {
            all.add(new Prey(job, property));
          }
        }
      }
    }
    return all.build();
  }

  private static List<Property> broken(Job job) {
    Job asDesigned =
        new Job(new Subject(job.subject().design(), null), job.assumptions(), job.sizes());
    List<Property> broken =
        Walker.of(job).expectedToBreak().stream()
            .sorted(Comparator.comparing(Property::name))
            .toList();
    List<Property> own =
        broken.stream().filter(Walker.of(asDesigned).expectedToHold()::contains).toList();
    return own.isEmpty() ? broken : own;
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(job.name(), job.assumptions(), property);
  }
}
