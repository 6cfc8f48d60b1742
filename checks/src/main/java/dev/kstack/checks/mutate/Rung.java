package dev.kstack.checks.mutate;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.DefaultSizes;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.FrameRule;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Decisions;

/**
 * One of the searches of a mutant, from the smallest to the largest. It climbs until it is killed.
 *
 * @param hardware how the manuals are read
 * @param sizes of the machine; all that is expected of the design is expected there
 */
record Rung(Hardware hardware, DefaultSizes sizes) {
  private static final FrameRule ENOUGH_FOR_MOST = FrameRule.THREE_QUARTERS;

  /** As few states as can be: two pages, and a frame less than the stacks need. */
  private static final DefaultSizes SMALL = new DefaultSizes(2, 2, 2, ENOUGH_FOR_MOST);

  /** A page can come back on another frame. */
  private static final DefaultSizes MEDIUM = new DefaultSizes(2, 2, 3, ENOUGH_FOR_MOST);

  /** Two threads can have all their pages at once, and a third cannot. */
  private static final DefaultSizes CROWDED = new DefaultSizes(2, 3, 2, ENOUGH_FOR_MOST);

  /** Enough to kill what can be killed, and small. */
  static final ImmutableList<Rung> QUICK =
      ImmutableList.of(
          new Rung(Hardware.MANUALS, SMALL),
          new Rung(Hardware.MANUALS, MEDIUM),
          new Rung(Hardware.SPEC_FILL, MEDIUM));

  /** The same, and what a survivor must survive besides. */
  static final ImmutableList<Rung> ALL =
      ImmutableList.<Rung>builder().addAll(QUICK).add(new Rung(Hardware.MANUALS, CROWDED)).build();

  /** The design's search there, with these decisions under that name. */
  Job job(Design design, String name, Decisions decisions) {
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
                design.expectation(),
                ImmutableList.of()),
            null);
    return new Job(subject, hardware, new Job(subject, hardware, null).defaultSizes());
  }
}
