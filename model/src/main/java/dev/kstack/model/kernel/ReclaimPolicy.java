package dev.kstack.model.kernel;

import java.util.List;

/**
 * How a kernel reclaims, where that is a part of a design.
 *
 * @param locking how it takes locks that threads hold
 * @param preemptible may a thread be preempted, or sleep, between taking frames off a list and
 *     giving them back?
 */
public record ReclaimPolicy(ReclaimLocking locking, boolean preemptible) implements Decision {
  /** Linux's. */
  public static final ReclaimPolicy LINUX = new ReclaimPolicy(ReclaimLocking.BLOCKING, true);

  /** Is it {@link #LINUX}? Not by comparing records, which JPF cannot. */
  boolean isLinux() {
    return locking == ReclaimLocking.BLOCKING && preemptible;
  }

  @Override
  public String title() {
    return preemptible
        ? "who reclaims may be preempted with frames in its hand"
        : "preemption is off from taking frames off a list to giving them back";
  }

  @Override
  public List<Decision> parts() {
    return List.of(locking);
  }

  @Override
  public boolean acts() {
    return false;
  }
}
