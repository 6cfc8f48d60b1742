package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.WordType;
import java.util.List;

/**
 * One CPU. At rest it runs its current thread, or idles, with interrupts on; an activation is one
 * entry into the kernel, with interrupts off to its end.
 */
final class Cpu implements Process {
  /** What can happen next on a CPU. */
  private enum Event {
    FLUSH_IPI,
    WAKE_SOMEBODY,
    /** What a sleeper waits on stands on its stack: a mutex_waiter, a completion. */
    WRITE_TO_WAITER,
    /** The idle loop finds need_resched set. */
    RESCHEDULE,
    USE_STACK,
    /** The tick may ask for it at any time. */
    PREEMPT,
    SLEEP
  }

  private static final ImmutableList<Event> WHEN_IDLE =
      ImmutableList.of(
          Event.FLUSH_IPI, Event.WAKE_SOMEBODY, Event.WRITE_TO_WAITER, Event.RESCHEDULE);

  private static final ImmutableList<Event> WHEN_RUNNING =
      ImmutableList.of(
          Event.FLUSH_IPI,
          Event.WAKE_SOMEBODY,
          Event.WRITE_TO_WAITER,
          Event.USE_STACK,
          Event.PREEMPT,
          Event.SLEEP);

  private final Kernel k;
  private final Scheduler scheduler;
  private final FrameLedger ledger;
  private final int number;

  Cpu(Kernel k, Scheduler scheduler, FrameLedger ledger, int number) {
    this.k = k;
    this.scheduler = scheduler;
    this.ledger = ledger;
    this.number = number;
  }

  @Override
  public String name() {
    return "C" + number;
  }

  @Override
  public int run(Machine m, int local) {
    RunQueue rq = k.rq(number);
    int curr = m.read(rq.curr);
    List<Event> events = curr == 0 ? WHEN_IDLE : WHEN_RUNNING;
    int first = k.design().scan() == null ? 1 : 0; // only a shrinker flushes by IPI
    switch (events.get(m.choose("event", first, events.size() - 1))) {
      case FLUSH_IPI -> k.flushIpi().take(m);
      case RESCHEDULE -> {
        m.when(rq.needResched, 1);
        scheduler.schedule(m, number, curr, true);
      }
      case WAKE_SOMEBODY ->
          scheduler.tryToWakeUp(m, m.chooseOne("whom", WordType.TASKS, k.allTasksBut(curr)));
      case WRITE_TO_WAITER -> {
        Task sleeper = k.task(m.chooseOne("whose", WordType.TASKS, k.allTasksBut(curr)));
        m.when(sleeper.state, Task.SLEEPING);
        k.mmu().useAccessedPage(m, sleeper.number);
      }
      case USE_STACK -> k.mmu().useOwnStack(m, curr);
      case PREEMPT -> scheduler.schedule(m, number, curr, true);
      case SLEEP -> {
        m.writeOnce(k.task(curr).state, Task.SLEEPING); // set_current_state()
        scheduler.schedule(m, number, curr, false);
      }
    }
    return 0;
  }

  @Override
  public String actingFor(Memory memory) {
    return Layout.taskName(memory.get(k.rq(number).curr));
  }

  @Override
  public void rested(Memory memory) {
    ledger.rested(memory, number);
  }
}
