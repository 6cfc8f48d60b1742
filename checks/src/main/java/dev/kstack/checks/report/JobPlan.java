package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Assumptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * From what the user asks for to what is searched.
 *
 * @param names of designs, and of designs with a defect; none means all of both
 * @param defects add the defects of the designs that are named?
 * @param assumptions under what each is searched
 * @param sizes on which machine each is searched
 */
public record JobPlan(
    List<String> names, boolean defects, AssumptionChoice assumptions, SizeChoice sizes) {

  /**
   * The searches, in the order of the names, each once.
   *
   * @throws UsageException if a name is unknown, or a size impossible for one of the designs
   */
  public ImmutableList<Job> jobs(Catalogue catalogue) {
    ImmutableList.Builder<Job> jobs = ImmutableList.builder();
    for (Subject subject : subjects(catalogue)) {
      for (Assumptions assumed : assumptions.of(subject, sizes.equals(SizeOptions.NONE))) {
        jobs.add(new Job(subject, assumed, sizes.of(subject, assumed)));
      }
    }
    return jobs.build();
  }

  private Set<Subject> subjects(Catalogue catalogue) {
    if (names.isEmpty()) {
      return new LinkedHashSet<>(catalogue.all());
    }
    Set<Subject> subjects = new LinkedHashSet<>();
    for (String name : names) {
      Subject subject = catalogue.find(name);
      subjects.addAll(defects ? catalogue.withDefects(subject) : List.of(subject));
    }
    return subjects;
  }
}
