package dev.kstack.checks.least;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.SizeRules;
import dev.kstack.checks.report.Subject;
import dev.kstack.checks.report.UsageException;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.machine.Layout;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import org.jspecify.annotations.Nullable;

/**
 * For which values of a quantity does a property hold?
 *
 * @param quantity what varies
 * @param subject the design, perhaps with a defect
 * @param assumptions under what it is asked
 * @param property what must hold
 * @param sizes the other sizes, where they are not the design's default
 * @param upTo the last value to search; null where it follows from the sizes
 */
public record Question(
    Quantity quantity,
    Subject subject,
    Assumptions assumptions,
    Property property,
    SizeOptions sizes,
    @Nullable Integer upTo) {

  /**
   * A question that can be asked.
   *
   * @throws UsageException if the sizes say what is asked for, or the design does not claim the
   *     property, or no value is possible
   */
  public Question {
    refuseGiven(quantity, sizes);
    if (!subject.expectation().claims(property)) {
      throw new UsageException(
          "--property %s: %s does not claim it".formatted(property, subject.name()));
    }
    if (upTo != null && upTo < 0) {
      throw new UsageException("--up-to %d: must be 0 or more".formatted(upTo));
    }
  }

  private static void refuseGiven(Quantity quantity, SizeOptions sizes) {
    boolean given =
        switch (quantity) {
          case RESERVE -> sizes.reserve() != null;
          case FRAMES -> sizes.frames() != null;
          case ADMISSION -> sizes.threads() != null;
        };
    if (given) {
      String option = quantity == Quantity.ADMISSION ? "threads" : quantity.toString();
      throw new UsageException(
          "--%s: its value is what least %s searches for".formatted(option, quantity));
    }
  }

  /**
   * What must hold. That nobody is locked out for ever is two properties: nobody is by a count of
   * frames, and nobody else is in a trap.
   */
  ImmutableList<Property> properties() {
    boolean lockedOut =
        property.equals(StackProperties.SCHEDULABLE)
            && subject.expectation().claims(StackProperties.NEVER_DOOMED);
    return lockedOut
        ? ImmutableList.of(StackProperties.NEVER_DOOMED, property)
        : ImmutableList.of(property);
  }

  /** The same question about another machine. */
  public Question at(int threads, int pages) {
    return new Question(
        quantity,
        subject,
        assumptions,
        property,
        sizes.withThreads(threads).withPages(pages),
        upTo);
  }

  /** The machine in which the quantity has its first value: the least that is possible. */
  private Sizes base() {
    return switch (quantity) {
      case RESERVE -> sizes.of(subject);
      case FRAMES -> withLeastFrames().of(subject);
      case ADMISSION -> admission().withThreads(1).of(subject);
    };
  }

  private SizeOptions withLeastFrames() {
    int threads = sizes.threads() == null ? subject.sizes().threads() : sizes.threads();
    int pages = sizes.pages() == null ? subject.sizes().pages() : sizes.pages();
    int reserve = sizes.reserve() == null ? 0 : sizes.reserve();
    Sizes largest = new Sizes(1, threads, pages, Layout.MAX_FRAMES, reserve, 0);
    SizeRules rules = new SizeRules(subject, largest, false);
    int atBirth = Layout.MAX_FRAMES - rules.mostReserve();
    return sizes.withFrames(Math.max(rules.leastFrames(), atBirth + reserve));
  }

  /** The number of frames does not follow the number of threads. */
  private SizeOptions admission() {
    int pages = sizes.pages() == null ? subject.sizes().pages() : sizes.pages();
    return sizes.frames() == null
        ? sizes.withFrames(subject.sizes().frames().frames(subject.sizes().threads(), pages))
        : sizes;
  }

  /**
   * The values that are possible, and why no others.
   *
   * @throws UsageException if the other sizes are impossible
   */
  public Range range() {
    Sizes base = base();
    SizeRules rules = new SizeRules(subject, base, false);
    Range range =
        switch (quantity) {
          case RESERVE -> new Range(0, rules.mostReserve(), "", "no more are free from the start");
          case FRAMES ->
              new Range(base.frames(), mostFrames(base), rules.whyLeastFrames(), whyMost(base));
          case ADMISSION -> threads(base);
        };
    return upTo == null ? range : range.upTo(upTo);
  }

  /** A frame for every page, for the reserves that CPUs may keep, and for the other user. */
  private static int mostFrames(Sizes s) {
    int all = s.threads() * s.pages() + s.cpus() * (s.pages() - 1) + 1;
    return Math.max(s.frames(), Math.min(Layout.MAX_FRAMES, all));
  }

  private static String whyMost(Sizes s) {
    return mostFrames(s) == Layout.MAX_FRAMES
        ? "a machine of the model has no more"
        : "that is one for every page, for %d of each CPU's own, and one for other users"
            .formatted(s.pages() - 1);
  }

  private Range threads(Sizes base) {
    int most = 1;
    String why = "the model has no more";
    for (int t = 2; t <= Sizes.MAX_THREADS; t++) {
      Sizes s = sizesFor(base, t);
      SizeRules rules = new SizeRules(subject, s, false);
      if (rules.leastFrames() > s.frames() || rules.mostReserve() < s.reserve()) {
        why =
            "%d would need at least %d frames: %s"
                .formatted(t, rules.leastFrames() + s.reserve(), rules.whyLeastFrames());
        break;
      }
      most = t;
    }
    return new Range(1, most, "", why);
  }

  private static Sizes sizesFor(Sizes s, int threads) {
    return new Sizes(s.cpus(), threads, s.pages(), s.frames(), s.reserve(), s.speculation());
  }

  /** The search that says whether it holds for the value. */
  public Job job(int value) {
    SizeOptions options =
        switch (quantity) {
          case RESERVE -> sizes.withReserve(value);
          case FRAMES -> sizes.withFrames(value);
          case ADMISSION -> admission().withThreads(value);
        };
    return new Job(subject, assumptions, options.of(subject));
  }
}
