package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.NO_LOST_WAKEUP;
import static dev.kstack.spec.StackProperties.NO_STALE_TRANSLATION;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.StackUse;
import dev.kstack.model.kernel.Decisions;

/**
 * "An alternative idea is to arrange for some system calls to sleep in userspace, so when the
 * thread is woken it re-executes the system call. It then makes sense to assign the kernel stack to
 * the process when it enters the kernel." Here all system calls that sleep do it so.
 *
 * <p>A stack is one unit, so it is one page here, and a frame is a stack. Its translation never
 * changes: there is nothing for a TLB to get wrong, and the model has none for it.
 */
final class AtEntry {
  static final Design DESIGN =
      new Design(
          "entry",
          "a stack is assigned at kernel entry; who sleeps has none",
          "David Laight, 24 Apr 2026",
          new Decisions(false, new NothingAtSwitchIn(), new NothingAtSwitchOut(), null)
              .with(StackUse.WHOLE_STACKS)
              .with(new StackFromPool()),
          new DefaultSizes(2, 3, 1, FrameRule.A_STACK_LESS),
          Expectation.allHolds()
              .doesNotClaim(REFINES_SPEC, ACCESSED_PAGE_KEPT, NO_STALE_TRANSLATION, NO_LOST_WAKEUP),
          ImmutableList.of());

  private AtEntry() {}
}
