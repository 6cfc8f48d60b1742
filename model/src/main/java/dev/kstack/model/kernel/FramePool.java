package dev.kstack.model.kernel;

import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The free page frames, and what the rest of the kernel uses of them. Nothing here sleeps,
 * allocates or wakes kswapd: {@code schedule()} calls it with the run queue's lock held.
 */
public final class FramePool {
  private final Lock lock;
  private final Word free;
  private final Word others;
  private final Word waiting;
  private final Word flushing;
  private final @Nullable Word deferred;
  private final Instruction enoughFrames;
  private final @Nullable Instruction enoughOrOvertaken;
  private final int reserve;
  private final List<RunQueue> runQueues;

  FramePool(
      Layout layout,
      int reserve,
      List<RunQueue> runQueues,
      FrameLedger ledger,
      boolean defers,
      @Nullable OomReserve oomReserve,
      int place) {
    int frames = layout.leastBits(WordType.FRAMES);
    this.reserve = reserve;
    this.runQueues = runQueues;
    lock =
        layout
            .lock("pool.lock")
            .at(place)
            .protecting(
                "as of struct zone. K: include/linux/mmzone.h: \"Primarily protects free_area\"");
    free = layout.guarded(lock, "pool.free", WordType.FRAMES, frames);
    others = layout.guarded(lock, "pool.others", WordType.FRAMES, frames);
    waiting = layout.guarded(lock, "pool.waiting", WordType.NUMBER, runQueues.size());
    flushing =
        layout.guarded(lock, "pool.flushing", WordType.TASKS, layout.leastBits(WordType.TASKS));
    EnoughFrames enough = new EnoughFrames(lock, free, flushing);
    enoughFrames = enough;
    enoughOrOvertaken = oomReserve == null ? null : new EnoughOrOvertaken(enough, oomReserve);
    free.watchedBy(ledger::setChanged);
    others.watchedBy(ledger::setChanged);
    deferred = defers ? layout.guarded(lock, "pool.deferred", WordType.FRAMES, frames) : null;
    if (deferred != null) {
      deferred.watchedBy(ledger::setChanged);
    }
  }

  Lock lock() {
    return lock;
  }

  Word free() {
    return free;
  }

  Word flushing() {
    return flushing;
  }

  Word waiting() {
    return waiting;
  }

  Word others() {
    return others;
  }

  /**
   * Takes frames for a stack, all or none. On failure the CPU is noted in the same critical
   * section, so that whoever frees a frame later knows whom to kick (a lost wakeup otherwise, H15).
   *
   * @param cpu to be noted; {@link Kernel#NO_CPU} for none
   * @return the frames as a set; 0 if there are too few, or a flush of the stack is pending
   */
  public int takeAll(Machine m, int cpu, Task task, int count) {
    return takeAll(m, cpu, task, count, 0);
  }

  /** The same, but it leaves as many as that. */
  public int takeAll(Machine m, int cpu, Task task, int count, int leaves) {
    return m.call(
        WordType.FRAMES,
        () -> {
          m.lock(lock);
          boolean flushed = (m.read(flushing) & task.asSet()) == 0;
          int available = m.read(free);
          int taken = 0;
          if (flushed && Integer.bitCount(available) >= count + leaves) {
            for (int i = 0; i < count; i++) {
              taken |= 1 << m.chooseOne("frame", WordType.FRAMES, available & ~taken);
            }
            m.write(free, available & ~taken);
          } else if (cpu != Kernel.NO_CPU) {
            m.write(waiting, m.read(waiting) | 1 << cpu);
          }
          m.unlock(lock);
          return taken;
        });
  }

  /**
   * Takes frames for a stack, and sleeps until there are enough. With no lock held.
   *
   * @return the frames as a set; 0 if somebody who is killed is to be filled before it
   */
  public int waitForAll(Machine m, Task task, int count) {
    return m.call(
        WordType.FRAMES,
        () -> {
          if (enoughOrOvertaken == null) {
            m.execute(enoughFrames, task.number, count, 0);
          } else if (m.execute(enoughOrOvertaken, task.number, count, 0) == 0) {
            return 0;
          }
          int available = m.read(free);
          int taken = 0;
          for (int i = 0; i < count; i++) {
            taken |= 1 << m.chooseOne("frame", WordType.FRAMES, available & ~taken);
          }
          m.write(free, available & ~taken);
          m.unlock(lock);
          return taken;
        });
  }

  /** Whoever frees a frame from now on kicks the CPU. */
  public void noteWaiting(Machine m, int cpu) {
    m.call(
        () -> {
          m.lock(lock);
          m.write(waiting, m.read(waiting) | 1 << cpu);
          m.unlock(lock);
        });
  }

  /**
   * Takes as many frames as there are, but no more than so many; for a reserve of the CPU's own.
   */
  public int takeUpTo(Machine m, int count) {
    return m.call(
        WordType.FRAMES,
        () -> {
          m.lock(lock);
          int available = m.read(free);
          int taken = 0;
          for (int i = Math.min(count, Integer.bitCount(available)); i > 0; i--) {
            taken |= 1 << m.chooseOne("frame", WordType.FRAMES, available & ~taken);
          }
          m.write(free, available & ~taken);
          m.unlock(lock);
          return taken;
        });
  }

  /**
   * The frames of the task's stack wait for a flush of TLBs, which somebody else will make.
   *
   * @param mayRefill may the stack get other frames before that? (H6)
   */
  public void defer(Machine m, Task task, int frames, boolean mayRefill) {
    m.call(
        () -> {
          m.lock(lock);
          m.write(deferred(), m.read(deferred()) | frames);
          if (!mayRefill) {
            m.write(flushing, m.read(flushing) | task.asSet());
          }
          m.unlock(lock);
        });
  }

  /** Takes all frames that wait for a flush, has every TLB flushed, and frees them. */
  public void purge(Machine m, Runnable flush) {
    m.lock(lock);
    int frames = m.read(deferred());
    int stacks = m.read(flushing);
    m.write(deferred(), 0);
    m.unlock(lock);
    if (frames != 0) {
      flush.run();
      m.lock(lock);
      m.write(flushing, m.read(flushing) & ~stacks);
      free(m, frames);
    }
  }

  private Word deferred() {
    return Objects.requireNonNull(deferred, "the design defers no frames");
  }

  /** The frames that wait for a flush, as a set. */
  int deferred(Memory memory) {
    return deferred == null ? 0 : memory.get(deferred);
  }

  /** From now until {@link #put} for it, the stack has frames of which some TLB may still know. */
  public void beginFlush(Machine m, Task task) {
    m.call(
        () -> {
          m.lock(lock);
          m.write(flushing, m.read(flushing) | task.asSet());
          m.unlock(lock);
        });
  }

  /** The frames of the task's stack are free: every CPU that waits for some is kicked. */
  public void put(Machine m, Task task, int frames) {
    m.call(
        () -> {
          m.lock(lock);
          flushed(m, task);
          free(m, frames);
        });
  }

  /** Called with the lock held: the stack may get other frames. */
  void flushed(Machine m, Task task) {
    m.write(flushing, m.read(flushing) & ~task.asSet());
  }

  /** Is there nothing but the reserve? */
  boolean isShort(Machine m) {
    int free =
        m.call(
            WordType.FRAMES,
            () -> {
              m.lock(lock);
              int available = m.read(this.free);
              m.unlock(lock);
              return available;
            });
    return Integer.bitCount(free) <= reserve;
  }

  /** Called with the lock held; releases it. */
  void free(Machine m, int frames) {
    m.write(free, m.read(free) | frames);
    int kick = m.read(waiting);
    m.write(waiting, 0);
    for (int cpu = 0; cpu < runQueues.size(); cpu++) {
      if ((kick & 1 << cpu) != 0) {
        m.writeOnce(runQueues.get(cpu).needResched, 1);
      }
    }
    m.unlock(lock);
  }

  /** Another user takes a frame, unless that would touch the reserve or there is none. */
  boolean takeForOthers(Machine m) {
    m.lock(lock);
    int available = m.read(free);
    boolean enough = Integer.bitCount(available) > reserve;
    if (enough) {
      int frame = m.chooseOne("frame", WordType.FRAMES, available);
      m.write(free, available & ~(1 << frame));
      m.write(others, 1 << frame);
    }
    m.unlock(lock);
    return enough;
  }

  /** Another user gives its frame back. */
  void putFromOthers(Machine m) {
    m.lock(lock);
    int used = m.read(others);
    m.write(others, 0);
    free(m, used);
  }

  /** Another user parts with its frame, and it is not free yet. Returns it as a set, or 0. */
  int takeFromOthers(Machine m) {
    return m.call(
        WordType.FRAMES,
        () -> {
          m.lock(lock);
          int used = m.read(others);
          m.write(others, 0);
          m.unlock(lock);
          return used;
        });
  }

  /** Frames of nobody's stack are free. */
  public void put(Machine m, int frames) {
    m.lock(lock);
    free(m, frames);
  }
}
