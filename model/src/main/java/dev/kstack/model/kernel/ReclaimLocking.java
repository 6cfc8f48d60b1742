package dev.kstack.model.kernel;

/**
 * How who reclaims takes a sleeping lock that threads may hold while they cannot run: an inode's, a
 * shrinker's, mmap_lock. Seen only where threads hold locks: see {@link KernelLoad#locks}.
 */
public enum ReclaimLocking implements Decision {
  /** K: fs/super.c and most shrinkers' own mutexes: it waits until the lock is free. */
  BLOCKING("who reclaims waits for the locks that it needs"),

  /**
   * K: mm/rmap.c, folio_referenced() with {@code try_lock}; mm/vmscan.c, {@code
   * down_read_trylock(&shrinker_rwsem)}. What is behind the lock stays there.
   */
  TRYLOCK("who reclaims only tries locks, and leaves what is behind one that is taken"),

  /**
   * K: mm/oom_kill.c, oom_reap_task_mm(): where nothing can be reclaimed a process is killed, and
   * its memory is taken away without its help. Whoever holds the lock is not the victim: of that
   * one nothing could be reaped ({@code mmap_read_trylock()}).
   */
  TRYLOCK_OR_REAP(
      "who reclaims only tries locks; where one is taken, the OOM reaper takes a victim's memory");

  private final String title;

  ReclaimLocking(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  /** It does nothing of its own where threads hold no locks. */
  @Override
  public boolean acts() {
    return false;
  }
}
