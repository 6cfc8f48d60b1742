package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.WordType;
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

  /**
   * K: shrinker->scan_objects(), for one stack, by whoever reclaims.
   *
   * @return the frames of the pages that were unmapped, as a set; 0 also if the task is on a CPU
   */
  int scanObjects(Machine m, Kernel k, Task task) {
    return m.call(
        WordType.FRAMES, () -> exclusion.whileOffCpu(m, k, task, () -> unmap(m, k, task)));
  }

  private int unmap(Machine m, Kernel k, Task task) {
    int frames = test.unmapNeverAccessed(m, k, task);
    if (frames != 0) {
      release.beforeExclusionEnds(m, k, task);
    }
    return frames;
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
