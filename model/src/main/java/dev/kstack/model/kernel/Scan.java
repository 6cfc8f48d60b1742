package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of a shrinker.
 *
 * @param ageing how it clears A; null where A is a latch
 */
public record Scan(
    Exclusion exclusion, ReclaimTest test, Release release, @Nullable Ageing ageing) {

  /** Where a thread that ever accesses a page keeps it. */
  public Scan(Exclusion exclusion, ReclaimTest test, Release release) {
    this(exclusion, test, release, null);
  }

  ImmutableList<Decision> all() {
    ImmutableList.Builder<Decision> all = ImmutableList.builder();
    all.add(exclusion).addAll(exclusion.parts()).add(test, release);
    if (ageing != null) {
      all.add(ageing);
    }
    return all.build();
  }
}
