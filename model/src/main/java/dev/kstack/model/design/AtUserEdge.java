package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.DEADLOCK_FREE;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static dev.kstack.spec.StackProperties.RUNS_EVENTUALLY;
import static dev.kstack.spec.StackProperties.SCHEDULABLE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.StackUse;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.UserEdge;

/**
 * In user mode a thread's kernel stack is empty. What is unmapped there was in use just before, so
 * TLBs know it, and there is a flush for every system call, or for a batch of them.
 */
final class AtUserEdge {
  private static final DefaultSizes SIZES = new DefaultSizes(2, 2, 2, FrameRule.THREE_QUARTERS);

  /** A page can come back as another frame. */
  private static final DefaultSizes SPARE = new DefaultSizes(2, 2, 2, FrameRule.EVERY_PAGE);

  /**
   * All pages go at every exit, accessed or not. With a frame for every page, what a thread waits
   * for is with another user, who gives it back.
   */
  private static final Expectation WITH_FRAMES =
      Expectation.allHolds().doesNotClaim(ACCESSED_PAGE_KEPT, REFINES_SPEC);

  /** Who is in the kernel keeps its pages, and need never leave: who waits may wait for ever. */
  private static final Expectation EXPECTATION = WITH_FRAMES.violates(RUNS_EVENTUALLY);

  static final Design DESIGN =
      new Design(
          "user-edge",
          "the stack is mapped at kernel entry, and unmapped at exit to user mode",
          "discussion of the RFC, March 2024",
          decisions(MapAtEntry.FREE_AFTER_FLUSH).with(new FlushAllThenFree()),
          SIZES,
          EXPECTATION,
          ImmutableList.of(
              new Defect(
                  "H5",
                  "only this CPU's TLB is flushed",
                  "T leaves the kernel on C0; f is unmapped and free; T enters on C0 with f2, and"
                      + " sleeps deep; C1, where T ran before, writes to a waiter on T's stack, and"
                      + " its TLB still says f",
                  decisions(MapAtEntry.FLUSH_HERE_AND_FREE),
                  SPARE,
                  WITH_FRAMES.violates(NO_STALE_TRANSLATION)),
              new Defect(
                  "H14",
                  "who cannot enter the kernel cannot be preempted",
                  "T is in user mode on C0 and U sleeps in the kernel with all its pages; no frame is"
                      + " free; U is woken on C0; the interrupt needs T's stack to switch to U",
                  decisions(MapAtEntry.NOT_PREEMPTIBLE).with(new FlushAllThenFree()),
                  SIZES,
                  EXPECTATION.violates(DEADLOCK_FREE, SCHEDULABLE))));

  private AtUserEdge() {}

  private static Decisions decisions(UserEdge edge) {
    return new Decisions(false, new OnlyInKernel(), new NothingAtSwitchOut(), null)
        .with(StackUse.USER_MODE)
        .with(edge);
  }
}
