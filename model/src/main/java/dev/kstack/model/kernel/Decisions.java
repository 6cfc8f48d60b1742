package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * A design as the kernel sees it.
 *
 * @param mappedForLife is every stack fully mapped from birth? Else a thread is born with its top
 *     page
 * @param refill how a stack gets missing pages
 * @param hook what happens at switch-out
 * @param scan what the shrinker does; null if there is none
 */
public record Decisions(
    boolean mappedForLife, Refill refill, SwitchHook hook, @Nullable Scan scan) {

  /** All of them, in the order in which a thread meets them. */
  public ImmutableList<Decision> all() {
    ImmutableList.Builder<Decision> all = ImmutableList.builder();
    all.add(refill, hook).addAll(hook.parts());
    if (scan != null) {
      all.addAll(scan.all());
    }
    return all.build();
  }
}
