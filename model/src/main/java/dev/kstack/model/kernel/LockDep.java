package dev.kstack.model.kernel;

import dev.kstack.model.hardware.AtomicContext;
import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Watcher;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.StackProperties;
import java.util.ArrayList;
import java.util.List;

/**
 * K: kernel/locking/lockdep.c and {@code might_sleep()}: checks in what order locks are taken, and
 * what is done while one is held. It looks only at who holds which lock, in the operation itself.
 */
final class LockDep implements AtomicContext {
  private final List<Word> holders = new ArrayList<>();
  private final int cpus;
  private final long atomicContext;
  private final long lockOrder;
  private final Instruction mightSleep = new Note(this, "might_sleep()");
  private final Instruction wakeupKswapd = new Note(this, "wakeup_kswapd()");

  LockDep(Layout layout, int cpus) {
    this.cpus = cpus;
    atomicContext = layout.claim(StackProperties.ATOMIC_CONTEXT);
    lockOrder = layout.claim(StackProperties.LOCK_ORDER);
  }

  /** To be the watcher of the lock's holder, after another one. */
  void watch(Lock lock, Watcher alsoWatching) {
    Word holder = lock.holder();
    holders.add(holder);
    holder.watchedBy(
        (memory, process, word, before, after) -> {
          alsoWatching.changed(memory, process, word, before, after);
          if (after != 0) {
            taken(memory, holder, after);
          }
        });
  }

  /** What is held by others is none of its business, and what it holds itself nobody changes. */
  private void taken(Memory memory, Word lock, int holder) {
    memory.premise(atomicContext);
    for (Word other : holders) {
      if (!other.equals(lock) && memory.get(other) == holder) {
        memory.premise(lockOrder);
        if (other.place() >= lock.place()) {
          memory.raise(lockOrder);
        }
      }
    }
  }

  /**
   * A CPU is in the kernel with interrupts off for all of an activation; another process has them
   * off while it holds a lock.
   */
  @Override
  public void noteWaiting(Memory memory, int process) {
    boolean atomic = process < cpus;
    for (Word holder : holders) {
      atomic |= memory.get(holder) == process + 1;
    }
    if (atomic) {
      memory.raise(atomicContext);
    }
  }

  /** K: include/linux/kernel.h, might_sleep(). */
  void mightSleep(Machine m) {
    m.execute(mightSleep, 0, 0, 0);
  }

  /** K: mm/vmscan.c, wakeup_kswapd(): it may be forbidden where it is called. */
  void noteWakeupKswapd(Machine m) {
    m.execute(wakeupKswapd, 0, 0, 0);
  }

  /** Does nothing but be noticed. */
  private record Note(AtomicContext context, String call) implements Instruction {
    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int a, int b, int c) {
      context.noteWaiting(memory, process);
      return 0;
    }

    @Override
    public String show(int variant, int a, int b, int c) {
      return call;
    }
  }
}
