package dev.kstack.model.design;

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
 * as nothing is held there. Who is alone is not preempted, and sleeps in no read-side section; and
 * what it has in its hand it can do without, as its own page is free for it. So only locks trap it.
 * A design may lose progress so; whether there are few enough frames at its usual sizes is not
 * said.
 */
final class WhatIsHeld {
  static final Predicate<Assumptions> LOCKS = assumed -> assumed.kernel().locks();
  static final Predicate<Assumptions> RCU = assumed -> assumed.kernel().rcu();
  static final Predicate<Assumptions> RECLAIM = assumed -> assumed.kernel().reclaim();

  static final Predicate<Assumptions> ANY = assumed -> !assumed.kernel().equals(KernelLoad.BARE);

  /** A frame in hand, and another that waits for who has it: it has a frame more than pages. */
  private static final Predicate<Assumptions> TWO_FRAMES = RECLAIM.and(LOCKS.or(RCU));

  /** The same of one thread: it has a frame in hand, and another waits for its lock. */
  private static final Predicate<Assumptions> HOLDS_BOTH = RECLAIM.and(LOCKS);

  private WhatIsHeld() {}

  /** The design, with what is expected of it there. */
  static Design expectedOf(Design design) {
    return switch (design.name()) {
      case "switch-out",
          "shrinker",
          "unwinder",
          "dirty-bit",
          "below-sp",
          "fork-exit",
          "pin-kthreads",
          "two-scanners",
          "lazy-pgd" ->
          trapping(design, ANY);
      case "switch-out-decay", "fork-exit-shrinker" -> trapping(design, LOCKS); // who is alone
      case "decay" -> trapping(design, TWO_FRAMES);
      case "deferred-free", "oom-kill" -> trapping(design, HOLDS_BOTH); // K or M goes on
      default -> design;
    };
  }

  private static Design trapping(Design design, Predicate<Assumptions> when) {
    return design.expecting(design.expectation().violates(when, SCHEDULABLE, RUNS_EVENTUALLY));
  }
}
