package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.DEADLOCK_FREE;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.KernelLoad;
import java.util.function.Predicate;

/**
 * What becomes of designs that were not made for it where threads hold something in the kernel, at
 * their usual sizes.
 *
 * <p>A thread is trapped for good where it holds what frames wait for, and lacks as many pages as
 * it can only have with these frames. So nobody is trapped where pages are taken in user mode only,
 * as nothing is held there. Who is alone is not preempted, and sleeps in no read-side section, so
 * only locks and frames in hand trap it. Where frames are so few that all threads can lack one at
 * once, all are trapped at once, and nothing happens any more.
 */
final class WhatIsHeld {
  static final Predicate<Assumptions> LOCKS = assumed -> assumed.kernel().locks();
  static final Predicate<Assumptions> RCU = assumed -> assumed.kernel().rcu();
  static final Predicate<Assumptions> RECLAIM = assumed -> assumed.kernel().reclaim();

  static final Predicate<Assumptions> ANY = assumed -> !assumed.kernel().equals(KernelLoad.BARE);
  private static final Predicate<Assumptions> WHO_IS_ALONE = LOCKS.or(RECLAIM);

  /** A frame in hand, and one that waits for its holder besides. */
  private static final Predicate<Assumptions> TWO_FRAMES = RECLAIM.and(LOCKS.or(RCU));

  private static final Predicate<Assumptions> NEVER = assumed -> false;

  private WhatIsHeld() {}

  /** The design, with what is expected of it there. */
  static Design expectedOf(Design design) {
    return switch (design.name()) {
      case "switch-out", "shrinker" -> traps(design, ANY, LOCKS.or(RCU)); // else O goes on
      case "unwinder", "dirty-bit", "below-sp", "fork-exit" -> traps(design, ANY, ANY);
      case "pin-kthreads" -> traps(design, ANY, NEVER); // kswapd can always run
      case "switch-out-decay", "fork-exit-shrinker" -> traps(design, WHO_IS_ALONE, WHO_IS_ALONE);
      case "decay" -> traps(design, TWO_FRAMES, TWO_FRAMES); // it has a frame more than pages
      default -> design;
    };
  }

  private static Design traps(
      Design design, Predicate<Assumptions> one, Predicate<Assumptions> all) {
    return design.expecting(
        design
            .expectation()
            .violates(one, SCHEDULABLE, RUNS_EVENTUALLY)
            .violates(all, DEADLOCK_FREE));
  }
}
