package dev.kstack.model.kernel;

import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.List;

/**
 * K: mm/vmscan.c, shrink_slab() in direct reclaim: a thread that needs memory scans the stack of
 * another, as the shrinker does in kswapd. It may be preempted, and sleep, between clearing PTEs
 * and the flush, and between the flush and giving the frames back; not while it waits for the
 * flush. One thread at a time does so here.
 */
final class ScanByThread {
  private static final int NOTHING = 0;
  private static final int UNMAPPED = 1;
  private static final int FLUSHED = 2;

  private final Kernel k;
  private final Scan scan;
  private final DirectReclaim directReclaim;

  /** The frames of the pages that are unmapped, and whose they were. */
  private final Word frames;

  private final Word stack;
  private final List<Word> progress = new ArrayList<>();
  private final List<Word> preemptCount = new ArrayList<>();

  ScanByThread(
      Layout layout,
      Kernel k,
      Scan scan,
      DirectReclaim directReclaim,
      FrameLedger ledger,
      List<Task> tasks) {
    this.k = k;
    this.scan = scan;
    this.directReclaim = directReclaim;
    frames =
        layout.guarded(
            k.pool().lock(), "shrink.frames", WordType.FRAMES, layout.leastBits(WordType.FRAMES));
    frames.asObserved().watchedBy(ledger::setChanged);
    stack =
        layout.guarded(
            k.pool().lock(), "shrink.stack", WordType.TASK, layout.leastBits(WordType.TASK));
    for (Task task : tasks) {
      progress.add(
          layout
              .wordOf(task.number, "shrink", WordType.NUMBER, 2)
              .called("no", "has unmapped", "has flushed"));
      preemptCount.add(layout.wordOf(task.number, "preempt_count", WordType.NUMBER, 1));
    }
  }

  /** {@code preempt_count()}: is it 1, while it waits for the flush? */
  Word preemptCount(Task task) {
    return preemptCount.get(task.number - 1);
  }

  /** What follows is not for who scans. */
  void whenNotScanning(Machine m, Task task) {
    m.when(progress(task), NOTHING);
  }

  /** The frames in the hand of who scans, as a set. */
  int frames(Memory memory) {
    return memory.get(frames);
  }

  boolean isScanning(Memory memory, Task task) {
    return memory.get(progress(task)) != NOTHING;
  }

  /** Whose stack cannot be filled before who scans has run; 0 for nobody's. */
  int stack(Memory memory) {
    return memory.get(stack);
  }

  /** K: shrinker->scan_objects(), for one stack, if nobody else is about it. */
  void scan(Machine m, Task task) {
    Task victim = k.task(m.chooseOne("stack", WordType.TASKS, k.allTasksBut(task.number)));
    if (!begin(m, victim)) {
      return;
    }
    int unmapped = scan.scanObjects(m, k, victim);
    m.call(
        () -> {
          m.lock(k.pool().lock());
          m.write(frames, unmapped);
          m.write(stack, unmapped == 0 ? 0 : victim.number);
          m.unlock(k.pool().lock());
        });
    if (unmapped != 0) {
      m.writeOnce(progress(task), UNMAPPED);
      m.writeOnce(directReclaim.memalloc(task), 1);
    }
  }

  private boolean begin(Machine m, Task victim) {
    return m.call(
            WordType.BOOLEAN,
            () -> {
              m.lock(k.pool().lock());
              boolean busy = m.read(stack) != 0;
              if (!busy) {
                m.write(stack, victim.number);
              }
              m.unlock(k.pool().lock());
              return busy ? 0 : 1;
            })
        == 1;
  }

  /** K: kernel/smp.c, smp_call_function_many_cond(), with preemption off. */
  void flush(Machine m, Task task) {
    m.when(progress(task), UNMAPPED);
    m.when(preemptCount(task), 0);
    int victim =
        m.call(
            WordType.TASK,
            () -> {
              m.lock(k.pool().lock());
              int whose = m.read(stack);
              m.unlock(k.pool().lock());
              return whose;
            });
    if (k.flushIpi().trySend(m, victim)) {
      m.writeOnce(preemptCount(task), 1);
    }
  }

  /** K: csd_lock_wait(): every CPU has flushed, this one too. */
  void flushed(Machine m, Task task) {
    m.when(preemptCount(task), 1);
    k.flushIpi().whenFlushed(m);
    m.writeOnce(progress(task), FLUSHED);
    m.writeOnce(preemptCount(task), 0);
  }

  /** The frames are free, and the stack may be filled again. */
  void free(Machine m, Task task) {
    m.when(progress(task), FLUSHED);
    m.call(
        () -> {
          m.lock(k.pool().lock());
          int unmapped = m.read(frames);
          m.write(frames, 0);
          k.pool().flushed(m, k.task(m.read(stack)));
          m.write(stack, 0);
          k.pool().free(m, unmapped);
        });
    m.writeOnce(progress(task), NOTHING);
    m.writeOnce(directReclaim.memalloc(task), 0);
  }

  private Word progress(Task task) {
    return progress.get(task.number - 1);
  }
}
