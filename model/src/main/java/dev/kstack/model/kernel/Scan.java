package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of a shrinker.
 *
 * @param ageing how it clears A; null where A is a latch
 * @param thaw how a sleeper that was taken from is filled before it runs again; null where {@code
 *     schedule()} does that
 */
public record Scan(
    Exclusion exclusion,
    ReclaimTest test,
    Release release,
    @Nullable Ageing ageing,
    @Nullable Thaw thaw) {

  /** Where a thread that ever accesses a page keeps it. */
  public Scan(Exclusion exclusion, ReclaimTest test, Release release) {
    this(exclusion, test, release, null, null);
  }

  /** Where A is cleared now and then. */
  public Scan(Exclusion exclusion, ReclaimTest test, Release release, Ageing ageing) {
    this(exclusion, test, release, ageing, null);
  }

  /** The same, but sleepers are frozen, and filled before they run again. */
  public Scan with(Thaw other) {
    return new Scan(exclusion, test, release, ageing, other);
  }

  ImmutableList<Decision> all() {
    ImmutableList.Builder<Decision> all = ImmutableList.builder();
    all.add(exclusion).addAll(exclusion.parts()).add(test, release);
    if (ageing != null) {
      all.add(ageing);
    }
    if (thaw != null) {
      all.add(thaw);
    }
    return all.build();
  }
}
