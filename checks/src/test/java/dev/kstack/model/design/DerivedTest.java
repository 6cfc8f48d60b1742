package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.DEADLOCK_FREE;
import static dev.kstack.spec.StackProperties.FRAME_OWNERSHIP;
import static dev.kstack.spec.StackProperties.LIVE_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.NO_LOST_WAKEUP;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.hardware.StackUse;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Scan;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the searches say of designs beyond their seeded defects. */
class DerivedTest {
  private static ImmutableSet<Property> found(Decisions decisions, Sizes sizes) {
    SearchResult result =
        new Explorer(
                new Kernel(sizes, decisions, Assumptions.of(Hardware.MANUALS)), Settings.DEFAULT)
            .search();
    assertTrue(result.complete());
    return result.found().keySet();
  }

  /** The thread that goes still pushes its registers, when the next one has been let in. */
  @Test
  void aReserveForNextAloneIsTooSmallForPrevsPush() {
    Sizes sizes = new Sizes(2, 2, 3, 5, 0, 0);
    assertTrue(found(fault(false), sizes).contains(NO_STACK_FAULT));
    assertFalse(found(fault(true), sizes).contains(NO_STACK_FAULT));
  }

  /** ... and with a frame for that push, who is refused because of it must be tried again later. */
  @Test
  void aReserveForPrevsPushAsksForASecondTryWhenPrevIsGone() {
    Sizes sizes = new Sizes(2, 2, 3, 6, 0, 0);
    assertFalse(found(fault(true), sizes).contains(NO_LOST_WAKEUP));
  }

  private static Decisions fault(boolean forPrev) {
    return new Decisions(false, new ReserveOrPark(forPrev), new GiveBackWhenIdle(true), null)
        .with(new FromCpuReserve());
  }

  /** H23: what was accessed once is never reclaimed again, unless A decays. */
  @Test
  void aLatchKeepsForEverWhatDecayGivesBack() {
    Sizes sizes = new Sizes(1, 1, 2, 3, 0, 0);
    assertFalse(
        found(shrinker(new CompareAndExchange(), null), sizes).contains(ACCESSED_PAGE_KEPT));
    ImmutableSet<Property> decays =
        found(
            shrinker(
                new BelowSpNotAccessed(new CompareAndExchange()), TestAndClearYoung.WITHOUT_FLUSH),
            sizes);
    assertTrue(decays.contains(ACCESSED_PAGE_KEPT));
    assertFalse(decays.contains(LIVE_PAGE_KEPT));
  }

  /**
   * The flush after A was cleared comes too late even with one CPU: the thread may run in between.
   * The saved stack pointer makes it right, and then no flush is needed after the clearing.
   */
  @Test
  void aFlushAfterAgeingDoesNotReplaceALookAtTheStackPointer() {
    Sizes sizes = new Sizes(1, 1, 2, 3, 0, 0);
    assertTrue(
        found(shrinker(new CompareAndExchange(), TestAndClearYoung.BELOW_SP_THEN_FLUSH), sizes)
            .contains(LIVE_PAGE_KEPT));
    for (TestAndClearYoung ageing : TestAndClearYoung.values()) {
      ReclaimTest test = new BelowSpNotAccessed(new CompareAndExchange());
      assertFalse(found(shrinker(test, ageing), sizes).contains(LIVE_PAGE_KEPT), ageing.name());
    }
  }

  /** H24: to free what the slot holds is right where the slot cannot be filled meanwhile. */
  @Test
  void whatTheSlotHoldsMayBeFreedIfRefillWaits() {
    Sizes sizes = new Sizes(2, 1, 2, 3, 0, 0);
    for (boolean refillWaits : new boolean[] {false, true}) {
      Scan scan =
          new Scan(
              new TaskCallFunc(), new ClearPresentOnly(), new FreeWhatTheSlotHolds(refillWaits));
      Decisions decisions =
          new Decisions(false, new AllOrNothing(), new NothingAtSwitchOut(), scan);
      assertEquals(!refillWaits, found(decisions, sizes).contains(FRAME_OWNERSHIP));
    }
  }

  /** H13: a reserve of a stack does as well as pinning, where nobody else can eat it up. */
  @Test
  void aReserveOfAStackKeepsKswapdSchedulable() {
    Decisions notPinned =
        new Decisions(
                false,
                new AllOrNothing(),
                new ReclaimBeforeFinishTask(new CompareAndExchange()),
                null)
            .withKswapd();
    assertTrue(found(notPinned, new Sizes(2, 1, 3, 3, 1, 0)).contains(DEADLOCK_FREE));
    assertFalse(found(notPinned, new Sizes(2, 1, 3, 3, 2, 0)).contains(DEADLOCK_FREE));
  }

  private static Decisions shrinker(ReclaimTest test, @Nullable TestAndClearYoung ageing) {
    Scan scan = new Scan(new TaskCallFunc(), test, new FlushThenFree(), ageing);
    return new Decisions(false, new AllOrNothing(), new NothingAtSwitchOut(), scan)
        .with(StackUse.SAVED_SP);
  }
}
