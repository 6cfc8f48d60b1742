package dev.kstack.checks.walks;

import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.domains.DomainContextBase;

/** What jqwik makes up: machines of any design at any size, and schedules for them. */
final class Machines extends DomainContextBase {
  /** Divided by as many small numbers as possible, so that remainders are equally likely. */
  private static final int PICKS = 5040;

  static final int MOST_STEPS = 250;

  /** Numbers for {@link dev.kstack.checks.explore.Picker#schedule}. */
  record Schedule(List<Integer> picks) {}

  /** The designs as they are, without the seeded defects. */
  @Provide
  Arbitrary<Job> jobs() {
    List<Subject> subjects =
        new Catalogue(Designs.ALL).all().stream().filter(s -> s.defect() == null).toList();
    return Arbitraries.of(subjects).flatMap(Machines::machines);
  }

  /** Large enough for races between three, small enough that walks get somewhere. */
  private static Arbitrary<Job> machines(Subject subject) {
    return Combinators.combine(
            Arbitraries.of(Hardware.class),
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 2))
        .as(
            (hardware, cpus, threads, pages, spare, reserve, speculation) -> {
              boolean forLife = subject.decisions().mappedForLife();
              int least = forLife ? threads * pages : threads - 1 + pages;
              int frames = least + spare;
              int atBirth = forLife ? threads * pages : threads;
              return new Job(
                  subject,
                  Assumptions.of(hardware),
                  new Sizes(
                      cpus,
                      threads,
                      pages,
                      frames,
                      Math.min(reserve, frames - atBirth),
                      speculation));
            });
  }

  /** Every pick as likely as the others: jqwik prefers small numbers, and so the first process. */
  @Provide
  Arbitrary<Schedule> schedules() {
    return Arbitraries.integers()
        .between(0, PICKS - 1)
        .withDistribution(RandomDistribution.uniform())
        .list()
        .ofMaxSize(MOST_STEPS)
        .withSizeDistribution(RandomDistribution.uniform())
        .map(Schedule::new);
  }
}
