package dev.kstack.checks.report;

import dev.kstack.model.design.DefaultSizes;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import org.jspecify.annotations.Nullable;

/** The sizes that the user gave; null where the default of each design counts. */
public record SizeOptions(
    @Nullable Integer cpus,
    @Nullable Integer threads,
    @Nullable Integer pages,
    @Nullable Integer frames,
    @Nullable Integer reserve,
    @Nullable Integer speculation)
    implements SizeChoice {

  public static final SizeOptions NONE = new SizeOptions(null, null, null, null, null, null);

  /**
   * The sizes of a machine for the subject. Frames that are not given follow from threads and
   * pages.
   *
   * @throws UsageException if such a machine is impossible, or too large for the model
   */
  public Sizes of(Subject subject) {
    return of(subject, subject.sizes());
  }

  @Override
  public Sizes of(Subject subject, Assumptions assumptions) {
    return of(subject, subject.sizes(assumptions));
  }

  private Sizes of(Subject subject, DefaultSizes d) {
    int t = or(threads, d.threads());
    int p = or(pages, d.pages());
    Sizes sizes =
        new Sizes(
            or(cpus, d.cpus()),
            t,
            p,
            or(frames, d.frames().frames(t, p)),
            or(reserve, d.reserve()),
            or(speculation, Job.DEFAULT_SPECULATION));
    SizeRules rules = new SizeRules(subject, sizes, frames == null);
    if (reserve == null && sizes.reserve() > rules.mostReserve() && rules.mostReserve() >= 0) {
      return withReserve(rules.mostReserve()).of(subject, d); // the default is for larger sizes
    }
    rules.check();
    return sizes;
  }

  /** The same, but with so many threads. */
  public SizeOptions withThreads(int t) {
    return new SizeOptions(cpus, t, pages, frames, reserve, speculation);
  }

  /** The same, but with so many pages. */
  public SizeOptions withPages(int p) {
    return new SizeOptions(cpus, threads, p, frames, reserve, speculation);
  }

  /** The same, but with so many frames. */
  public SizeOptions withFrames(int f) {
    return new SizeOptions(cpus, threads, pages, f, reserve, speculation);
  }

  /** The same, but with so many frames in reserve. */
  public SizeOptions withReserve(int r) {
    return new SizeOptions(cpus, threads, pages, frames, r, speculation);
  }

  private static int or(@Nullable Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }
}
