package dev.kstack.checks.explore;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What the budget of a search leaves for looking at its graph. */
final class Allowance {
  /** The budget is used up. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    final transient StopReason reason;

    Spent(StopReason reason) {
      super(reason.text(), null, false, false);
      this.reason = reason;
    }
  }

  private final LongFunction<@Nullable StopReason> over;
  private long taken;

  /**
   * An allowance.
   *
   * @param over why the search must end if it takes so many bytes more; null if it need not
   */
  Allowance(LongFunction<@Nullable StopReason> over) {
    this.over = over;
  }

  /** The same again for somebody else, after what was taken is given back. */
  Allowance share() {
    return new Allowance(over);
  }

  /**
   * To be called often.
   *
   * @throws Spent if time is up, or the search was interrupted
   */
  void check() {
    take(0);
  }

  /**
   * To be called before so many bytes are allocated.
   *
   * @throws Spent if that is too much
   */
  void take(long bytes) {
    StopReason reason = over.apply(taken + bytes);
    if (reason != null) {
      throw new Spent(reason);
    }
    taken += bytes;
  }
}
