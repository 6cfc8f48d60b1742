package dev.kstack.model.kernel;

/** Where in {@code schedule()} a stack is refilled. */
public enum RefillMoment {
  /** When it is certain who runs next, and the rq lock is kept until it does. */
  LAST,

  /** H37: before it turns out that who was picked sleeps, and is only still queued. */
  BEFORE_DELAYED_DEQUEUE,

  /** H38: before newidle balance, which drops the rq lock. */
  BEFORE_NEWIDLE_BALANCE
}
