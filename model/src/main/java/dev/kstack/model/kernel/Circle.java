package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.List;

/**
 * Threads that can never run again, because each lacks frames which wait for something that one of
 * them holds: seen in a single state, by counting. It says so only where it is so; a trap for
 * another reason it does not see.
 *
 * <p>The greatest set of threads, none of which is on a CPU, such that none gets its frames as long
 * as nobody of the set runs. Of all frames a thread cannot have those that the others keep, nor
 * those that wait for somebody of the set.
 */
final class Circle {
  private final Kernel k;
  private final Memory memory;

  private Circle(Kernel k, Memory memory) {
    this.k = k;
    this.memory = memory;
  }

  /** Is there one? */
  static boolean isClosed(Kernel k, Memory memory) {
    return k.holding().isPossible() && new Circle(k, memory).members() != 0;
  }

  /** Is the thread in it? */
  static boolean has(Kernel k, Memory memory, Task task) {
    return k.holding().isPossible() && (new Circle(k, memory).members() & task.asSet()) != 0;
  }

  /** In words: who waits for whom; nothing if there is none. */
  static ImmutableList<String> inWords(Kernel k, Memory memory) {
    return k.holding().isPossible() ? new Circle(k, memory).lines() : ImmutableList.of();
  }

  /** As a set; empty also where frames would be too few whatever they hold (H14). */
  private int members() {
    if (k.design().fault() != null || !k.design().refill().fillsAll()) {
      return 0; // who lacks pages may run
    }
    int set = 0;
    for (int t = 1; t <= k.sizes().threads(); t++) {
      set |= holes(t) > 0 && !isCurrent(t) ? k.task(t).asSet() : 0;
    }
    for (int before = 0; before != set; ) {
      before = set;
      for (int t = 1; t <= k.sizes().threads(); t++) {
        boolean flushed = (k.holding().waitForFlushBy(memory, set) & 1 << t - 1) == 0;
        if ((set & 1 << t - 1) != 0 && flushed && holes(t) <= everAvailable(t) - waitingFor(set)) {
          set &= ~(1 << t - 1);
        }
      }
    }
    for (int t = 1; t <= k.sizes().threads(); t++) {
      if ((set & 1 << t - 1) != 0 && holes(t) <= everAvailable(t)) {
        return set;
      }
    }
    return 0;
  }

  private boolean isCurrent(int thread) {
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      if (memory.get(k.rq(cpu).curr) == thread) {
        return true;
      }
    }
    return false;
  }

  private int holes(int thread) {
    return k.mmu().holes(memory, thread);
  }

  /** How many frames it can have besides its own, if all others part with what they do not keep. */
  private int everAvailable(int thread) {
    int available = k.sizes().frames() - (k.pages() - holes(thread));
    for (int t = 1; t <= k.sizes().threads(); t++) {
      available -= t == thread ? 0 : keeps(t);
    }
    return available;
  }

  /** Pages whose A bit is set, where that is a latch; else what everybody is born with. */
  private int keeps(int thread) {
    if (k.design().forkAndExit() != null) {
      return 0; // it may die
    }
    if (!k.design().latches() || k.design().use().dirtyBit()) {
      return Math.min(k.design().pagesAtBirth(k.pages()), k.pages() - holes(thread));
    }
    int keeps = 0;
    for (int page = 0; page < k.pages(); page++) {
      int pte = memory.get(k.mmu().pte(thread, page));
      keeps += Pte.present(pte) && Pte.accessed(pte) ? 1 : 0;
    }
    return keeps;
  }

  /** How many frames are free only when somebody of the set has run. */
  private int waitingFor(int set) {
    int frames = 0;
    if ((lockHolders() & set) != 0 && !isReaped() || readersBlock(set)) {
      frames |= memory.get(k.pool().others());
    }
    if ((gracePeriodWaitsFor() & set) != 0) {
      frames |= inGracePeriod();
    }
    frames |= k.holding().inHandOf(memory, set);
    return Integer.bitCount(frames);
  }

  /** A grace period that begins now waits for them, unless frames come back another way too. */
  private boolean readersBlock(int set) {
    boolean another =
        k.assumptions().kernel().reclaim() || k.holding().mutex() != null && isReaped();
    return (readers() & set) != 0 && !another;
  }

  private boolean isReaped() {
    return k.design().reclaim().locking() == ReclaimLocking.TRYLOCK_OR_REAP;
  }

  private int lockHolders() {
    ReclaimMutex mutex = k.holding().mutex();
    int set = 0;
    for (int t = 1; t <= k.sizes().threads(); t++) {
      set |= mutex != null && mutex.isHeldBy(memory, k.task(t)) ? 1 << t - 1 : 0;
    }
    return set;
  }

  private int readers() {
    Rcu rcu = k.holding().rcu();
    int set = 0;
    for (int t = 1; t <= k.sizes().threads(); t++) {
      set |= rcu != null && rcu.isReader(memory, k.task(t)) ? 1 << t - 1 : 0;
    }
    return set;
  }

  private int gracePeriodWaitsFor() {
    int set = 0;
    for (int t = 1; t <= k.sizes().threads(); t++) {
      set |= k.holding().blocksGracePeriodOfOthers(memory, k.task(t)) ? 1 << t - 1 : 0;
    }
    return set;
  }

  private int inGracePeriod() {
    return k.ledger().moving(memory, k.others());
  }

  private int reclaimers() {
    int set = 0;
    for (int t = 1; t <= k.sizes().threads(); t++) {
      set |= k.holding().isReclaiming(memory, k.task(t)) ? 1 << t - 1 : 0;
    }
    return set;
  }

  private ImmutableList<String> lines() {
    int set = members();
    if (set == 0) {
      return ImmutableList.of();
    }
    List<String> parts = new ArrayList<>();
    for (int t = 1; t <= k.sizes().threads(); t++) {
      if ((set & 1 << t - 1) != 0) {
        parts.add("%s waits for %s".formatted(k.task(t), count(holes(t))));
      }
    }
    int others = memory.get(k.pool().others());
    if (others != 0 && (lockHolders() & set) != 0 && !isReaped()) {
      boolean waits = k.design().reclaim().locking() == ReclaimLocking.BLOCKING;
      parts.add(
          "O has %s %s reclaim_mutex"
              .formatted(frames(others), waits ? "and waits for" : "behind"));
      parts.add("%s holds it".formatted(names(lockHolders() & set)));
    } else if (others != 0 && readersBlock(set)) {
      parts.add("O has %s, to be free after a grace period".formatted(frames(others)));
      parts.add("that waits for " + reading(readers() & set));
    }
    if ((gracePeriodWaitsFor() & set) != 0 && inGracePeriod() != 0) {
      parts.add("O has %s and waits for a grace period".formatted(frames(inGracePeriod())));
      parts.add("that waits for " + reading(gracePeriodWaitsFor() & set));
    }
    if ((reclaimers() & set) != 0) {
      parts.add(
          "%s is in the hand of %s, who is to give it back"
              .formatted(frames(k.holding().inHandOf(memory, set)), names(reclaimers() & set)));
    }
    int unflushed = k.holding().waitForFlushBy(memory, set) & set;
    if (unflushed != 0) {
      parts.add("%s waits for the flush of its stack by that one".formatted(names(unflushed)));
    }
    return ImmutableList.of(String.join("; ", parts));
  }

  private static String count(int frames) {
    return frames == 1 ? "a frame" : frames + " frames";
  }

  private String reading(int set) {
    return names(set) + ", preempted in a read-side section";
  }

  private String frames(int set) {
    return k.layout().show(WordType.FRAMES, set);
  }

  private static String names(int set) {
    List<String> names = new ArrayList<>();
    for (int left = set; left != 0; left &= left - 1) {
      names.add(Layout.taskName(Integer.numberOfTrailingZeros(left) + 1));
    }
    return String.join(" and ", names);
  }
}
