package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.DEADLOCK_FREE;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.SwitchHook;
import dev.kstack.spec.StackProperties;

/**
 * "You can't run it until you or some other CPU goes and does some reclaim": and if it is the one
 * that does the reclaim? Elsewhere in this model the rest of the kernel gives frames back by
 * itself; here it does so only while kswapd runs.
 */
final class KswapdIsAThread {
  private static final DefaultSizes SIZES = new DefaultSizes(2, 2, 3, FrameRule.EVERY_PAGE);

  /** As of switch-out; and others may take what a thread waits for, each time it is free. */
  private static final Expectation EXPECTATION =
      Expectation.allHolds()
          .violates(Hardware.SPEC_FILL, StackProperties.NO_STALE_TRANSLATION)
          .violates(StackProperties.RUNS_EVENTUALLY);

  private static final SwitchHook RECLAIM = new ReclaimBeforeFinishTask(new CompareAndExchange());

  static final Design DESIGN =
      new Design(
          "pin-kthreads",
          "as switch-out, and kswapd, a thread like others, keeps its whole stack",
          "derived, from Dave Hansen, 18 Jun 2026",
          decisions(new PinKthreads(RECLAIM)),
          SIZES,
          EXPECTATION,
          ImmutableList.of(
              new Defect(
                  "H13",
                  "unschedulable reclaimer",
                  "kswapd sleeps, and its never accessed pages are reclaimed; other users take the"
                      + " frames; kswapd is woken and cannot get its pages back; only kswapd frees",
                  decisions(RECLAIM),
                  new DefaultSizes(2, 1, 3, FrameRule.SCARCEST),
                  EXPECTATION.violates(DEADLOCK_FREE, SCHEDULABLE))));

  private KswapdIsAThread() {}

  private static Decisions decisions(SwitchHook hook) {
    return new Decisions(false, new AllOrNothing(), hook, null).withKswapd();
  }
}
