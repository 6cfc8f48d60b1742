package dev.kstack.model.design;

import static dev.kstack.spec.StackProperties.NO_LOST_WAKEUP;
import static dev.kstack.spec.StackProperties.PARKS;
import static dev.kstack.spec.StackProperties.RECLAIMS;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Decisions;

/** Stacks as they are today: the design that the others are compared with. */
final class StaticStacks {
  static final Design DESIGN =
      new Design(
          "static",
          "every page of every stack is mapped for life",
          "K: kernel/fork.c, alloc_thread_stack_node(); today's kernel",
          new Decisions(true, new MappedForLife(), new NothingAtSwitchOut(), null),
          new DefaultSizes(2, 2, 4, FrameRule.EVERY_PAGE_AND_ONE),
          Expectation.allHolds().neverReaches(RECLAIMS, PARKS).doesNotClaim(NO_LOST_WAKEUP),
          ImmutableList.of());

  private StaticStacks() {}
}
