package dev.kstack.model.design;

import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.ParkedThreads;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.kernel.RefillMoment;
import dev.kstack.model.kernel.Task;
import dev.kstack.model.machine.Machine;

/** {@link AllOrNothing}, for a {@code schedule()} that holds its lock from beginning to end. */
enum WrongMoment implements Refill {
  /**
   * H36: a balancer moves a parked thread, and the CPU that gets it does not look whether it could
   * fill it. Whoever frees frames kicks the CPU that has asked for some.
   *
   * <pre>
   * C0                                 C1                             O
   * parks T for want of frames,
   * is noted
   *                                    pulls T, which stays parked
   *                                                                   gives frames back, kicks C0
   * has nobody to run                  idles
   * </pre>
   */
  PARKED_THREADS_MOVE_QUIETLY(
      "a balancer moves parked threads, and the CPU that gets one does not try to fill it",
      RefillMoment.LAST,
      ParkedThreads.MOVE_QUIETLY),

  /**
   * H37: the thread that was picked and filled turns out to sleep, and to be queued still.
   *
   * <pre>
   * C0
   * T goes to sleep, and stays queued; its pages that were never accessed go
   * picks T, fills it with the last frames
   * dequeues T; picks U, and finds no frames: nobody runs, and T sleeps on them
   * </pre>
   */
  BEFORE_DELAYED_DEQUEUE(
      "refill comes before a picked thread turns out to sleep",
      RefillMoment.BEFORE_DELAYED_DEQUEUE,
      ParkedThreads.MOVE),

  /**
   * H38: next is picked and filled, and then newidle balance drops the rq lock.
   *
   * <pre>
   * C0, in schedule()                  S
   * picks T, fills it
   * drops the rq lock
   *                                    takes pi_lock, the rq lock; T is off CPU: clears a page
   * takes the rq lock, runs T
   * T goes one page deeper: a double fault
   * </pre>
   */
  BEFORE_NEWIDLE_BALANCE(
      "refill comes before newidle balance, which drops the rq lock",
      RefillMoment.BEFORE_NEWIDLE_BALANCE,
      ParkedThreads.MOVE);

  private static final Refill ALL_OR_NOTHING = new AllOrNothing();

  private final String title;
  private final RefillMoment moment;
  private final ParkedThreads parkedThreads;

  WrongMoment(String title, RefillMoment moment, ParkedThreads parkedThreads) {
    this.title = title;
    this.moment = moment;
    this.parkedThreads = parkedThreads;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public boolean acts() {
    return false; // all that it does is done by another, at a wrong moment
  }

  @Override
  public RefillMoment moment() {
    return moment;
  }

  @Override
  public ParkedThreads parkedThreads() {
    return parkedThreads;
  }

  @Override
  public boolean refill(Machine m, Kernel k, int cpu, Task next) {
    return ALL_OR_NOTHING.refill(m, k, cpu, next);
  }
}
