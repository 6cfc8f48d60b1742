package dev.kstack.checks.explore;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import dev.kstack.checks.refine.RefiningProgram;
import dev.kstack.model.design.DefaultSizes;
import dev.kstack.model.design.Defect;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import dev.kstack.model.design.Expectation;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.hardware.StackUse;
import dev.kstack.model.hardware.TlbRecord;
import dev.kstack.model.kernel.Ageing;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.SchedulerModel;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.machine.Program;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A design or a seeded defect, under one reading of the manuals, at some size: what a test
 * searches.
 */
record Subject(
    String name,
    Decisions decisions,
    DefaultSizes defaults,
    Expectation expectation,
    Assumptions assumptions,
    Sizes sizes) {

  /**
   * Every design under every hardware, and every defect under the default modes and where it shows;
   * at their default sizes.
   */
  static ImmutableList<Subject> all() {
    ImmutableList.Builder<Subject> all = ImmutableList.builder();
    for (Design design : Designs.ALL) {
      for (Hardware hardware : Hardware.values()) {
        all.add(of(design, hardware));
        for (Defect defect : design.defects()) {
          if (Hardware.DEFAULT.contains(hardware)
              || !defect
                  .expectation()
                  .violated(Assumptions.of(hardware))
                  .equals(defect.expectation().violated(Assumptions.of(Hardware.MANUALS)))) {
            all.add(of(design, defect, hardware));
          }
        }
      }
    }
    return all.build();
  }

  static Subject of(Design design, Hardware hardware) {
    return new Subject(
        design.name(),
        design.decisions(),
        design.sizes(),
        design.expectation(),
        Assumptions.of(hardware),
        sizes(design.sizes()));
  }

  static Subject of(Design design, Defect defect, Hardware hardware) {
    return new Subject(
        design.name() + "+" + defect.hazard(),
        defect.decisions(),
        defect.sizes(),
        defect.expectation(),
        Assumptions.of(hardware),
        sizes(defect.sizes()));
  }

  private static Sizes sizes(DefaultSizes d) {
    return new Sizes(
        d.cpus(),
        d.threads(),
        d.pages(),
        d.frames().frames(d.threads(), d.pages()),
        d.reserve(),
        1);
  }

  Hardware hardware() {
    return assumptions.hardware();
  }

  /** The same under another scheduler. */
  Subject under(SchedulerModel scheduler) {
    return new Subject(name, decisions, defaults, expectation, assumptions.with(scheduler), sizes);
  }

  /** At other sizes, with as many frames as its own rule gives. */
  Subject at(int cpus, int threads, int pages, int speculation) {
    return at(cpus, threads, pages, defaults.frames().frames(threads, pages), speculation);
  }

  Subject at(int cpus, int threads, int pages, int frames, int speculation) {
    Sizes other = new Sizes(cpus, threads, pages, frames, 0, speculation);
    return new Subject(name, decisions, defaults, expectation, assumptions, other);
  }

  private static final Supplier<ImmutableList<Subject>> SMALL =
      Suppliers.memoize(
          () ->
              all().stream()
                  .filter(Nightly::takes)
                  .map(Subject::small)
                  .collect(ImmutableList.toImmutableList()));

  /** Those of the short form, or all, at sizes at which every state can be kept whole. */
  static Stream<Subject> allSmall() {
    return SMALL.get().stream();
  }

  Subject small() {
    return firstWithin(20_000, Reductions.ALL, at(2, 2, 2, 1), at(2, 1, 2, 1), at(1, 1, 2, 1));
  }

  /**
   * Of these the first that the explorer searches to the end within so many states, and the last if
   * it does none of them: what a new design adds to the states must not make the tests grow.
   */
  static Subject firstWithin(long states, Reductions reductions, Subject... largestFirst) {
    Settings settings =
        Settings.DEFAULT
            .withReductions(reductions)
            .withBudget(new Budget(states, Double.POSITIVE_INFINITY, Long.MAX_VALUE));
    for (Subject subject : largestFirst) {
      if (subject.search(settings).complete()) {
        return subject;
      }
    }
    return largestFirst[largestFirst.length - 1];
  }

  /** What looks at more has more states: where a saved stack pointer is, for a start. */
  boolean looksAtAOnly() {
    return decisions.use().equals(StackUse.PLAIN);
  }

  /** Does it keep the locking rules of the scheduler? If not, its searches are far larger. */
  boolean obeysLocks() {
    return decisions.all().stream().allMatch(decision -> decision.obeysLocks());
  }

  /** Does somebody also clear A? Then there are several times as many states. */
  boolean ages() {
    return decisions.all().stream().anyMatch(decision -> decision instanceof Ageing);
  }

  /** Are threads born, and do they die? Then a search of the same size is far larger. */
  boolean forks() {
    return decisions.forkAndExit() != null;
  }

  boolean hasShrinker() {
    return decisions.scan() != null;
  }

  RefiningProgram program() {
    return new RefiningProgram(new Kernel(sizes, decisions, assumptions));
  }

  Program program(TlbRecord record) {
    return new RefiningProgram(new Kernel(sizes, decisions, assumptions, record));
  }

  SearchResult search() {
    return search(Settings.DEFAULT);
  }

  SearchResult search(Reductions reductions) {
    return search(Settings.DEFAULT.withReductions(reductions));
  }

  SearchResult search(Settings settings) {
    return new Explorer(program(), settings).search();
  }

  @Override
  public String toString() {
    return "%s, %s, %d CPUs, %d threads, %d pages, %d frames, speculation %d"
        .formatted(
            name,
            assumptions,
            sizes.cpus(),
            sizes.threads(),
            sizes.pages(),
            sizes.frames(),
            sizes.speculation());
  }
}
