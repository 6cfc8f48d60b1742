package dev.kstack.model.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * What threads do in the kernel, and hold while they are preempted or sleep, that reclaim needs.
 * Each can be had alone.
 *
 * @param locks a sleeping lock that who reclaims takes as well
 * @param rcu read-side sections of preemptible RCU, for whose end frames wait
 * @param reclaim direct reclaim: a thread that has taken pages of another user, or, where a
 *     shrinker scans, unmapped pages of another stack, and has not given their frames back
 */
public record KernelLoad(boolean locks, boolean rcu, boolean reclaim) {
  /** They hold nothing that anybody waits for. */
  public static final KernelLoad BARE = new KernelLoad(false, false, false);

  /** All of it. */
  public static final KernelLoad ALL = new KernelLoad(true, true, true);

  /** A lock alone. */
  public static final KernelLoad LOCKS_ALONE = new KernelLoad(true, false, false);

  /** Read-side sections alone. */
  public static final KernelLoad RCU_ALONE = new KernelLoad(false, true, false);

  /** Frames in hand alone. */
  public static final KernelLoad RECLAIM_ALONE = new KernelLoad(false, false, true);

  private static final String LOCKS = "locks";
  private static final String RCU = "rcu";
  private static final String RECLAIM = "reclaim";

  /** The words of which {@link #label} is made, joined by {@code +}. */
  public static final List<String> WORDS = List.of("bare", "all", LOCKS, RCU, RECLAIM);

  /** Is it {@link #BARE}? Not by comparing records, which JPF cannot. */
  boolean isBare() {
    return !locks && !rcu && !reclaim;
  }

  /** The name on the command line and in reports: {@code all}, or {@code locks+rcu}. */
  public String label() {
    if (equals(BARE)) {
      return "bare";
    }
    if (equals(ALL)) {
      return "all";
    }
    List<String> words = new ArrayList<>();
    add(words, locks, LOCKS);
    add(words, rcu, RCU);
    add(words, reclaim, RECLAIM);
    return String.join("+", words);
  }

  private static void add(List<String> words, boolean is, String word) {
    if (is) {
      words.add(word);
    }
  }

  /** The one that allows what the words say, which are some of {@link #WORDS}. */
  static KernelLoad of(List<String> words) {
    if (words.contains("all")) {
      return ALL;
    }
    return new KernelLoad(words.contains(LOCKS), words.contains(RCU), words.contains(RECLAIM));
  }

  @Override
  public String toString() {
    return label();
  }
}
