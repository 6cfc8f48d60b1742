package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.MANUALS;
import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.spec.StackProperties.ATOMIC_CONTEXT;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.CpuHotplug;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.Surroundings;
import dev.kstack.model.kernel.SwitchHook;

/**
 * As {@code switch-out}, on PREEMPT_RT, where the allocator sleeps; and CPUs go offline, with what
 * was theirs alone.
 */
final class DeferredFree {
  /**
   * One thread, which gets another frame each time that it lacks one, or waits while another user
   * has one and the rest are on their way.
   */
  private static final DefaultSizes SIZES = new DefaultSizes(2, 1, 2, FrameRule.EVERY_PAGE_AND_ONE);

  /** The defects have nothing to do with TLBs. */
  private static final ImmutableList<DefaultSearch> SEARCHES =
      ImmutableList.of(DefaultSearch.at(SIZES).in(MANUALS));

  /** As of switch-out: nobody flushes. Nobody else waits for frames, or for the CPU. */
  private static final Expectation EXPECTATION =
      Expectation.allHolds().violates(SPEC_FILL, NO_STALE_TRANSLATION);

  private static final SwitchHook ON_LIST = new ListPerCpu(new CompareAndExchange());
  private static final Refill FROM_POOL = new AllOrNothing();

  static final Design DESIGN =
      new Design(
          "deferred-free",
          "as switch-out, but each CPU lists what a kworker will free; CPUs go offline",
          "domain, H25, H26, H28; Sebastian Siewior, Feb 2022",
          decisions(FROM_POOL, ON_LIST, new CpuHotplug(true, true)),
          SEARCHES,
          EXPECTATION,
          ImmutableList.of(
              new Defect(
                  "H25",
                  "the page allocator is called in schedule(), on PREEMPT_RT",
                  "C0 holds the rq lock, a raw spinlock; the hook frees pages, or refill takes them,"
                      + " under a spinlock_t, which sleeps",
                  decisions(
                      new SleepingLocks.Allocates(FROM_POOL),
                      new SleepingLocks.Frees(ON_LIST),
                      new CpuHotplug(true, true)),
                  SEARCHES,
                  EXPECTATION.violates(ATOMIC_CONTEXT)),
              new Defect(
                  "H26",
                  "a CPU goes offline with parked threads",
                  "T is parked on C1 for want of frames; C1 idles and goes offline; frames are free"
                      + " again, and nobody looks at C1's parked threads",
                  decisions(FROM_POOL, ON_LIST, new CpuHotplug(false, true)),
                  SEARCHES,
                  EXPECTATION.violates(SCHEDULABLE, RUNS_EVENTUALLY)),
              new Defect(
                  "H28",
                  "a deferred free is lost with its CPU",
                  "C1 has unmapped T's page, and its frame waits on C1's list; C1 goes offline, and"
                      + " its kworker does not run again; T wants a frame",
                  decisions(FROM_POOL, ON_LIST, new CpuHotplug(true, false)),
                  SEARCHES,
                  EXPECTATION.violates(SCHEDULABLE, RUNS_EVENTUALLY))));

  private DeferredFree() {}

  private static Decisions decisions(Refill refill, SwitchHook hook, CpuHotplug hotplug) {
    return new Decisions(false, refill, hook, null)
        .with(new ListPerCpu.Worker())
        .with(Surroundings.listsOfCpusThatDie(hotplug));
  }
}
