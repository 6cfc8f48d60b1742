package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.StackUse;
import org.jspecify.annotations.Nullable;

/**
 * A design as the kernel sees it.
 *
 * @param mappedForLife is every stack fully mapped from birth? Else a thread is born with its top
 *     page, or where stacks move as a whole with none
 * @param refill how a stack gets missing pages
 * @param hook what happens at switch-out
 * @param scan what the shrinker does; null if there is none
 * @param use what the design looks at besides A
 * @param purge what a kernel thread does with unmapped frames later; null if there is none
 * @param edge what happens between user mode and the kernel; null if threads are always in the
 *     kernel
 * @param fault how a fault on a stack is served; null if it cannot be
 * @param reader how others read a thread's stack; null if nobody does
 * @param forkAndExit what happens to stacks at fork and exit; null if threads live for ever
 * @param kswapdIsAThread is one of the threads kswapd, without which other users give no frame
 *     back? It has its whole stack at birth
 * @param reclaim how everybody else reclaims
 * @param surroundings what else goes on in the machine
 */
public record Decisions(
    boolean mappedForLife,
    Refill refill,
    SwitchHook hook,
    @Nullable Scan scan,
    StackUse use,
    @Nullable Purge purge,
    @Nullable UserEdge edge,
    @Nullable StackFault fault,
    @Nullable StackReader reader,
    @Nullable ForkAndExit forkAndExit,
    boolean kswapdIsAThread,
    ReclaimPolicy reclaim,
    Surroundings surroundings) {

  /** Of a design that looks at A alone, at switch-out or in a shrinker. */
  public Decisions(boolean mappedForLife, Refill refill, SwitchHook hook, @Nullable Scan scan) {
    this(
        mappedForLife,
        refill,
        hook,
        scan,
        StackUse.PLAIN,
        null,
        null,
        null,
        null,
        null,
        false,
        ReclaimPolicy.LINUX,
        Surroundings.NONE);
  }

  /** The same, but it looks at more. */
  public Decisions with(StackUse other) {
    return new Decisions(
        mappedForLife,
        refill,
        hook,
        scan,
        other,
        purge,
        edge,
        fault,
        reader,
        forkAndExit,
        kswapdIsAThread,
        reclaim,
        surroundings);
  }

  /** The same, but unmapped frames are purged later. */
  public Decisions with(Purge other) {
    return new Decisions(
        mappedForLife,
        refill,
        hook,
        scan,
        use,
        other,
        edge,
        fault,
        reader,
        forkAndExit,
        kswapdIsAThread,
        reclaim,
        surroundings);
  }

  /** The same, but something happens between user mode and the kernel. */
  public Decisions with(UserEdge other) {
    return new Decisions(
        mappedForLife,
        refill,
        hook,
        scan,
        use,
        purge,
        other,
        fault,
        reader,
        forkAndExit,
        kswapdIsAThread,
        reclaim,
        surroundings);
  }

  /** The same, but faults on stacks are served. */
  public Decisions with(StackFault other) {
    return new Decisions(
        mappedForLife,
        refill,
        hook,
        scan,
        use,
        purge,
        edge,
        other,
        reader,
        forkAndExit,
        kswapdIsAThread,
        reclaim,
        surroundings);
  }

  /** The same, but others read the stacks. */
  public Decisions with(StackReader other) {
    return new Decisions(
        mappedForLife,
        refill,
        hook,
        scan,
        use,
        purge,
        edge,
        fault,
        other,
        forkAndExit,
        kswapdIsAThread,
        reclaim,
        surroundings);
  }

  /** The same, but threads are born and die. */
  public Decisions with(ForkAndExit other) {
    return new Decisions(
        mappedForLife,
        refill,
        hook,
        scan,
        use,
        purge,
        edge,
        fault,
        reader,
        other,
        kswapdIsAThread,
        reclaim,
        surroundings);
  }

  /** The same, but one of the threads is kswapd. */
  public Decisions withKswapd() {
    return new Decisions(
        mappedForLife,
        refill,
        hook,
        scan,
        use,
        purge,
        edge,
        fault,
        reader,
        forkAndExit,
        true,
        reclaim,
        surroundings);
  }

  /** The same, but the rest of the kernel reclaims in another way. */
  public Decisions with(ReclaimPolicy other) {
    return new Decisions(
        mappedForLife,
        refill,
        hook,
        scan,
        use,
        purge,
        edge,
        fault,
        reader,
        forkAndExit,
        kswapdIsAThread,
        other,
        surroundings);
  }

  /** The same, but more goes on around it. */
  public Decisions with(Surroundings other) {
    return new Decisions(
        mappedForLife,
        refill,
        hook,
        scan,
        use,
        purge,
        edge,
        fault,
        reader,
        forkAndExit,
        kswapdIsAThread,
        reclaim,
        other);
  }

  /** How many pages of its stack a thread has at birth, of so many. */
  public int pagesAtBirth(int pages) {
    return mappedForLife ? pages : use.movesWhole() ? 0 : 1;
  }

  /**
   * Is a page kept for ever once its A bit (or D) is set, and does a thread run only with all of
   * its pages? Then it can be counted who will never run again.
   */
  public boolean latches() {
    boolean ages = scan != null && scan.ageing() != null;
    boolean byBit = !use.savesSp() && !ages;
    return byBit && refill.fillsAll() && forkAndExit == null && surroundings.oomKill() == null;
  }

  /** How sleepers that were taken from are filled before they run; null if none are frozen. */
  public @Nullable Thaw thaw() {
    return scan == null ? null : scan.thaw();
  }

  /** Does anybody send TLB flushes to other CPUs? */
  boolean flushesByIpi() {
    return scan != null || purge != null && purge.flushes() || forkAndExit != null;
  }

  /** All of them, in the order in which a thread meets them. */
  public ImmutableList<Decision> all() {
    ImmutableList.Builder<Decision> all = ImmutableList.builder();
    if (edge != null) {
      all.add(edge);
    }
    all.add(refill);
    if (fault != null) {
      all.add(fault);
    }
    all.add(hook).addAll(hook.parts());
    if (scan != null) {
      all.addAll(scan.all());
    }
    if (purge != null) {
      all.add(purge);
    }
    if (reader != null) {
      all.add(reader);
    }
    if (forkAndExit != null) {
      all.add(forkAndExit);
    }
    if (!reclaim.isLinux()) {
      all.add(reclaim).addAll(reclaim.parts());
    }
    all.addAll(surroundings.all());
    return all.build();
  }
}
