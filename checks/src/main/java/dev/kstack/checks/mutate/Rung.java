package dev.kstack.checks.mutate;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.DefaultSizes;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Expectation;
import dev.kstack.model.design.FrameRule;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Surroundings;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;

/**
 * One of the searches of a mutant, from the smallest to the largest. It climbs until it is killed.
 *
 * @param hardware how the manuals are read
 * @param sizes of the machine; all that is expected of the design is expected there
 * @param progress is there a frame for every page, so that every thread must get to run? Elsewhere
 *     want of frames alone can keep it from that, and nothing is said about it
 * @param asDesigned is all expected that the design expects of itself, and no more?
 */
record Rung(Hardware hardware, DefaultSizes sizes, boolean progress, boolean asDesigned) {
  private static final Property[] PROGRESS =
      StackProperties.ALL.stream()
          .filter(
              property ->
                  property.kind() == Property.Kind.PROGRESS
                      || property.kind() == Property.Kind.SCARCITY)
          .toArray(Property[]::new);

  Rung(Hardware hardware, DefaultSizes sizes, boolean progress) {
    this(hardware, sizes, progress, false);
  }

  private static final FrameRule ENOUGH_FOR_MOST = FrameRule.THREE_QUARTERS;

  /** As few states as can be: two pages, and a frame less than the stacks need. */
  private static final DefaultSizes SMALL = new DefaultSizes(2, 2, 2, ENOUGH_FOR_MOST);

  /** A page can come back on another frame. */
  private static final DefaultSizes MEDIUM = new DefaultSizes(2, 2, 3, ENOUGH_FOR_MOST);

  /** A frame for every page, and one that other users may have. */
  private static final DefaultSizes ROOMY = new DefaultSizes(2, 2, 2, FrameRule.EVERY_PAGE_AND_ONE);

  /** Two threads can have all their pages at once, and a third cannot. */
  private static final DefaultSizes CROWDED = new DefaultSizes(2, 3, 2, ENOUGH_FOR_MOST);

  /** Enough to kill what can be killed, and small. */
  static final ImmutableList<Rung> QUICK =
      ImmutableList.of(
          new Rung(Hardware.MANUALS, SMALL, false),
          new Rung(Hardware.MANUALS, MEDIUM, false),
          new Rung(Hardware.MANUALS, ROOMY, true),
          new Rung(Hardware.SPEC_FILL, MEDIUM, false));

  /** The same, and what a survivor must survive besides. */
  static final ImmutableList<Rung> ALL =
      ImmutableList.<Rung>builder()
          .addAll(QUICK)
          .add(new Rung(Hardware.MANUALS, CROWDED, false))
          .build();

  /** Where threads are born and die, states are many. */
  private static final ImmutableList<Rung> LIVES =
      ImmutableList.of(
          new Rung(Hardware.MANUALS, SMALL, false),
          new Rung(
              Hardware.MANUALS, new DefaultSizes(1, 2, 2, FrameRule.EVERY_PAGE_AND_ONE), true));

  /**
   * Those for the mutants of a design. Where something else goes on in the machine, states are many
   * as well, and the design's own sizes show what it does.
   *
   * @param usual where nothing speaks against it
   */
  static ImmutableList<Rung> of(Design design, ImmutableList<Rung> usual) {
    if (!design.decisions().surroundings().equals(Surroundings.NONE)) {
      return ImmutableList.of(new Rung(Hardware.MANUALS, design.sizes(), true, true));
    }
    return design.decisions().forkAndExit() == null ? usual : LIVES;
  }

  /**
   * The design's search there, with these decisions under that name.
   *
   * @param rules do the rules of locking count?
   */
  Job job(Design design, String name, Decisions decisions, boolean rules) {
    DefaultSizes d =
        decisions.mappedForLife()
            ? new DefaultSizes(
                sizes.cpus(), sizes.threads(), sizes.pages(), FrameRule.EVERY_PAGE_AND_ONE)
            : sizes;
    Subject subject =
        new Subject(
            new Design(
                name,
                design.title(),
                design.source(),
                decisions,
                d,
                rules
                    ? expectation(design.expectation())
                    : expectation(design.expectation()).doesNotClaim(StackProperties.LOCKING_RULES),
                ImmutableList.of()),
            null);
    Assumptions assumptions = Assumptions.of(hardware);
    return new Job(subject, assumptions, new Job(subject, assumptions, null).defaultSizes());
  }

  /** What is expected of the design, but of progress; and with enough frames nobody is parked. */
  private Expectation expectation(Expectation of) {
    if (asDesigned) {
      return of;
    }
    return progress
        ? of.holds(assumptions -> true, PROGRESS)
            .doesNotClaim(StackProperties.PARKS, StackProperties.NO_LOST_WAKEUP)
        : of.doesNotClaim(PROGRESS);
  }
}
