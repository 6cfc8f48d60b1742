package dev.kstack.checks.report;

import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.machine.Layout;

/**
 * Which sizes are refused, and why.
 *
 * @param subject the design they are for
 * @param sizes the sizes
 * @param defaultFrames did the number of frames follow from the others?
 */
public record SizeRules(Subject subject, Sizes sizes, boolean defaultFrames) {
  void check() {
    range("--cpus", sizes.cpus(), 1, Sizes.MAX_CPUS);
    range("--threads", sizes.threads(), 1, Sizes.MAX_THREADS);
    range("--pages", sizes.pages(), 1, Sizes.MAX_PAGES);
    range("--speculation", sizes.speculation(), 0, Sizes.MAX_SPECULATION);
    checkFrames();
    checkReserve();
  }

  private static void range(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new UsageException(
          "%s %d: must be from %d to %d".formatted(option, value, least, most));
    }
  }

  private void checkFrames() {
    int least = leastFrames();
    if (least > Layout.MAX_FRAMES) {
      throw new UsageException(
          "--threads %d --pages %d: %s needs at least %d frames, and a machine of the model has at"
                  .formatted(sizes.threads(), sizes.pages(), subject.name(), least)
              + " most %d".formatted(Layout.MAX_FRAMES));
    }
    if (sizes.frames() > Layout.MAX_FRAMES) {
      throw new UsageException(
          defaultFrames
              ? "--threads %d --pages %d: %s would have %d frames, and a machine of the model has at"
                      .formatted(sizes.threads(), sizes.pages(), subject.name(), sizes.frames())
                  + " most %d; give --frames, from %d on".formatted(Layout.MAX_FRAMES, least)
              : "--frames %d: a machine of the model has at most %d"
                  .formatted(sizes.frames(), Layout.MAX_FRAMES));
    }
    if (sizes.frames() < least) {
      throw new UsageException(
          "--frames %d: %s with %d threads of %d pages needs at least %d: %s"
              .formatted(
                  sizes.frames(),
                  subject.name(),
                  sizes.threads(),
                  sizes.pages(),
                  least,
                  whyLeastFrames()));
    }
  }

  /** Of how many frames can every thread run, one at a time? */
  public int leastFrames() {
    return (sizes.threads() - 1) * pagesAtBirth() + sizes.pages();
  }

  /** Why fewer than {@link #leastFrames} are refused. */
  public String whyLeastFrames() {
    return mappedForLife()
        ? "every page of every stack is mapped for life (other designs need fewer: name them)"
        : "with fewer no thread can ever run, as one that runs has all its %d pages while each other"
                .formatted(sizes.pages())
            + " thread keeps at least its top page";
  }

  private void checkReserve() {
    int free = mostReserve();
    if (sizes.reserve() < 0) {
      throw new UsageException("--reserve %d: must be 0 or more".formatted(sizes.reserve()));
    }
    if (sizes.reserve() > free) {
      throw new UsageException(
          "--reserve %d: of the %d frames of %s, %d are in use from the start, so at most %d can be"
                  .formatted(sizes.reserve(), sizes.frames(), subject.name(), framesAtBirth(), free)
              + " kept free for stacks");
    }
  }

  /** How many frames are free from the start. */
  public int mostReserve() {
    return sizes.frames() - framesAtBirth();
  }

  private int framesAtBirth() {
    return sizes.threads() * pagesAtBirth(); // kswapd has more, but what it is born with may go
  }

  private int pagesAtBirth() {
    return subject.decisions().pagesAtBirth(sizes.pages());
  }

  private boolean mappedForLife() {
    return subject.decisions().mappedForLife();
  }
}
