package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.DEADLOCK_FREE;
import static dev.kstack.spec.StackProperties.NO_LOST_WAKEUP;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.PARKS;
import static dev.kstack.spec.StackProperties.RECLAIMS;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.RUNS_FULLY_MAPPED;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.SwitchHook;

/**
 * A stack grows when it is touched: the design that the proposal answers. A page that was mapped
 * stays to the end of the thread. The fault may come anywhere, so all that can be had then is what
 * the CPU has in reserve.
 */
final class GrowOnFault {
  private static final DefaultSizes SIZES = new DefaultSizes(2, 2, 3, FrameRule.THREE_QUARTERS);

  /** To run with pages missing is what the design is about. */
  private static final Expectation EXPECTATION =
      Expectation.allHolds().doesNotClaim(RUNS_FULLY_MAPPED, REFINES_SPEC).neverReaches(RECLAIMS);

  /** The reserve may be empty, and then there is nothing to be done. */
  static final Design DESIGN =
      new Design(
          "fault",
          "a page is mapped when it is touched, from a per-CPU reserve",
          "Pasha Tatashin, 11 Mar 2024; Linus Walleij; David Stevens, 24 Apr 2026",
          decisions(new TopUpReserve(), new NothingAtSwitchOut()),
          SIZES,
          // a CPU whose fault cannot be served schedules nobody any more
          EXPECTATION
              .violates(NO_STACK_FAULT, SCHEDULABLE)
              .neverReaches(PARKS)
              .doesNotClaim(NO_LOST_WAKEUP),
          ImmutableList.of());

  /** What it takes to make it safe, and it is the worst case of the proposal again: parking. */
  static final Design OR_PARK =
      new Design(
          "fault-or-park",
          "as fault, but who might find the reserve empty is not run",
          "derived",
          decisions(new ReserveOrPark(true), new GiveBackWhenIdle(true)),
          SIZES,
          // pages are kept for ever, as under the latch rule (H14)
          EXPECTATION.violates(RUNS_EVENTUALLY, SCHEDULABLE),
          ImmutableList.of(
              new Defect(
                  "H15",
                  "lost wakeup when parking",
                  "C0 parks U, as it has no frame for U and one more for the push of T, which sleeps;"
                      + " then C0 idles, and the frames would do for U alone",
                  decisions(new ReserveOrPark(true), new GiveBackWhenIdle(false)),
                  new DefaultSizes(2, 2, 3, FrameRule.EVERY_PAGE),
                  EXPECTATION.violates(RUNS_EVENTUALLY, NO_LOST_WAKEUP)),
              new Defect(
                  "H16",
                  "an idle CPU keeps its reserve",
                  "C0 runs out of threads and keeps its frames; C1 has a thread that lacks them, and"
                      + " parks it; nobody ever runs again",
                  decisions(new ReserveOrPark(true), new NothingAtSwitchOut()),
                  SIZES,
                  EXPECTATION.violates(RUNS_EVENTUALLY, DEADLOCK_FREE, SCHEDULABLE))));

  private GrowOnFault() {}

  private static Decisions decisions(Refill refill, SwitchHook hook) {
    return new Decisions(false, refill, hook, null).with(new FromCpuReserve());
  }
}
