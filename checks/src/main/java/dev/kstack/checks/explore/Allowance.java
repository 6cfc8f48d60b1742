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

  /** Is told how far a search is. */
  interface Shown {
    Shown NOWHERE = (phase, done) -> {};

    void at(Phase phase, double done);
  }

  private final LongFunction<@Nullable StopReason> over;
  private final Shown shown;
  private Phase phase = Phase.BACKWARDS;
  private long taken;

  /**
   * An allowance.
   *
   * @param over why the search must end if it takes so many bytes more; null if it need not
   */
  Allowance(LongFunction<@Nullable StopReason> over, Shown shown) {
    this.over = over;
    this.shown = shown;
  }

  /** The same for a phase, at the end of which all that it takes is given back. */
  Allowance of(Phase ofPhase) {
    Allowance own = new Allowance(over, shown);
    own.phase = ofPhase;
    own.taken = taken;
    own.done(0, 1);
    return own;
  }

  /** To be called now and then: so much of what is being done is done. */
  void done(long part, long all) {
    shown.at(phase, all == 0 ? 1 : (double) part / all);
    check();
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

  /** After so many bytes that were taken are free again. */
  void give(long bytes) {
    taken -= bytes;
  }
}
