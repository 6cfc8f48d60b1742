package dev.kstack.model.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * How unkind the scheduler is: which of the things that Linux's does to threads behind a design's
 * back may happen. Each can be had alone.
 *
 * @param pull an idle CPU pulls a runnable thread of another, under both rq locks (K:
 *     kernel/sched/rt.c, pull_rt_task())
 * @param detach a balancer takes a runnable thread off its queue, drops the rq lock, and puts it on
 *     its own queue later (K: kernel/sched/fair.c, detach_task(), attach_task())
 * @param wakeList a waker may queue a thread on the wake list of the CPU that it is still on (K:
 *     kernel/sched/core.c, ttwu_queue_wakelist(), sched_ttwu_pending())
 * @param newidle {@code schedule()} drops the rq lock between the sleep of prev and the choice of
 *     next (K: kernel/sched/fair.c, newidle_balance())
 * @param delayedDequeue a sleeper may stay queued until it is picked (Linux 6.12, EEVDF; K:
 *     kernel/sched/fair.c, dequeue_entity(), DEQUEUE_DELAYED)
 */
public record SchedulerModel(
    boolean pull, boolean detach, boolean wakeList, boolean newidle, boolean delayedDequeue) {
  /** Threads change CPUs by waking up elsewhere only, and a wakeup is one critical section. */
  public static final SchedulerModel SIMPLE = new SchedulerModel(false, false, false, false, false);

  /** All that Linux's does. */
  public static final SchedulerModel FULL = new SchedulerModel(true, true, true, true, true);

  public static final SchedulerModel ONLY_PULL =
      new SchedulerModel(true, false, false, false, false);
  public static final SchedulerModel ONLY_DETACH =
      new SchedulerModel(false, true, false, false, false);
  public static final SchedulerModel ONLY_WAKE_LIST =
      new SchedulerModel(false, false, true, false, false);
  public static final SchedulerModel ONLY_NEWIDLE =
      new SchedulerModel(false, false, false, true, false);
  public static final SchedulerModel ONLY_DELAYED_DEQUEUE =
      new SchedulerModel(false, false, false, false, true);

  private static final String PULL = "pull";
  private static final String DETACH = "detach";
  private static final String WAKE_LIST = "wake-list";
  private static final String NEWIDLE = "newidle";
  private static final String DELAYED_DEQUEUE = "delayed-dequeue";

  /** The words of which {@link #label} is made, joined by {@code +}. */
  public static final List<String> WORDS =
      List.of("simple", "full", PULL, DETACH, WAKE_LIST, NEWIDLE, DELAYED_DEQUEUE);

  /**
   * Is it {@link #SIMPLE}? Field by field: a checker of Java programs that runs this need not know
   * how records are compared.
   */
  boolean isSimple() {
    return !(pull || detach || wakeList || newidle || delayedDequeue);
  }

  /** Do runnable threads change CPUs? */
  public boolean moves() {
    return pull || detach;
  }

  /** The name on the command line and in reports: {@code full}, or {@code pull+wake-list}. */
  public String label() {
    if (isSimple()) {
      return "simple";
    }
    if (equals(FULL)) {
      return "full";
    }
    List<String> words = new ArrayList<>();
    add(words, pull, PULL);
    add(words, detach, DETACH);
    add(words, wakeList, WAKE_LIST);
    add(words, newidle, NEWIDLE);
    add(words, delayedDequeue, DELAYED_DEQUEUE);
    return String.join("+", words);
  }

  private static void add(List<String> words, boolean is, String word) {
    if (is) {
      words.add(word);
    }
  }

  /** The one that allows what the words say, which are some of {@link #WORDS}. */
  static SchedulerModel of(List<String> words) {
    if (words.contains("full")) {
      return FULL;
    }
    return new SchedulerModel(
        words.contains(PULL),
        words.contains(DETACH),
        words.contains(WAKE_LIST),
        words.contains(NEWIDLE),
        words.contains(DELAYED_DEQUEUE));
  }

  @Override
  public String toString() {
    return label();
  }
}
