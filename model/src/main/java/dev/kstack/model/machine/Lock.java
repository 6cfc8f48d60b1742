package dev.kstack.model.machine;

/**
 * A spinlock. Whoever takes it has interrupts off until it is released: all spinlocks of this model
 * are {@code raw_spin_lock_irqsave} ones.
 */
public final class Lock {
  private final Word holder;

  Lock(Word holder) {
    this.holder = holder;
    holder.setLock();
  }

  /**
   * Declares that somebody may {@link Machine#trylock} it. Whoever takes such a lock can be
   * noticed: a trylock fails; so taking it is a step of its own.
   */
  public Lock mayBeTried() {
    holder.setTried();
    return this;
  }

  /**
   * Declares its place in the order in which locks are taken, from 1: while it is held, only locks
   * of higher places are taken. Whoever keeps the order takes several locks in one step; whoever
   * breaks it, or takes locks without a place, takes them one by one, so that deadlocks are found.
   */
  public Lock at(int place) {
    holder.setPlace(place);
    return this;
  }

  /** Declares what it protects, for people, and where the kernel says so. */
  public Lock protecting(String what) {
    holder.setRule(what);
    return this;
  }

  /** The word that holds 0 when the lock is free, else the number of the holding process plus 1. */
  public Word holder() {
    return holder;
  }

  @Override
  public String toString() {
    return holder.name();
  }
}
