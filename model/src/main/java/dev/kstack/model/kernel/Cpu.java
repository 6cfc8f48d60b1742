package dev.kstack.model.kernel;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.WordType;
import java.util.List;
import java.util.Objects;

/**
 * One CPU. At rest it runs its current thread, or idles, with interrupts on; an activation is one
 * entry into the kernel, with interrupts off to its end.
 */
final class Cpu implements Process {
  /** What can happen next on a CPU. */
  private enum Event {
    FLUSH_IPI,
    /** The interrupt that completes wakeups which others have left to this CPU. */
    TTWU_PENDING,
    /** A thread that is runnable on another CPU is moved here. */
    BALANCE,
    WAKE_SOMEBODY,
    /** What a sleeper waits on stands on its stack: a mutex_waiter, a completion. */
    WRITE_TO_WAITER,
    /** The idle loop finds need_resched set. */
    RESCHEDULE,
    /** An unwinder reads another thread's stack; where the design says how. */
    READ_STACK,
    USE_STACK,
    /** The thread takes something that others wait for, or gives it back. */
    HOLD,
    /** The tick may ask for it at any time. */
    PREEMPT,
    /** The tick asks for it between set_current_state() and schedule(). */
    PREEMPT_ABOUT_TO_SLEEP,
    /** set_current_state(), and schedule(): it sleeps, unless it is woken between the two. */
    SLEEP,
    /** do_exit(), which ends in schedule() and does not come back. */
    EXIT,
    /** A system call, an exception, an interrupt that needs the thread's stack. */
    ENTER_KERNEL,
    EXIT_TO_USER,
    /** It goes offline. */
    CPU_DOWN
  }

  /** How {@code schedule()} is entered, if it is. */
  private enum Entry {
    NONE,
    PREEMPTED,
    SLEEPS,
    DIES
  }

  private static final Entry[] ENTRIES = Entry.values();

  private static final ImmutableList<Event> WHEN_IDLE =
      ImmutableList.of(
          Event.FLUSH_IPI,
          Event.TTWU_PENDING,
          Event.BALANCE,
          Event.WAKE_SOMEBODY,
          Event.WRITE_TO_WAITER,
          Event.RESCHEDULE,
          Event.READ_STACK,
          Event.CPU_DOWN);

  private static final ImmutableList<Event> WHEN_IN_KERNEL =
      ImmutableList.of(
          Event.FLUSH_IPI,
          Event.TTWU_PENDING,
          Event.BALANCE,
          Event.WAKE_SOMEBODY,
          Event.WRITE_TO_WAITER,
          Event.USE_STACK,
          Event.HOLD,
          Event.PREEMPT,
          Event.PREEMPT_ABOUT_TO_SLEEP,
          Event.SLEEP,
          Event.EXIT_TO_USER,
          Event.READ_STACK,
          Event.EXIT);

  private static final ImmutableList<Event> WHEN_IN_USER =
      ImmutableList.of(
          Event.FLUSH_IPI,
          Event.TTWU_PENDING,
          Event.BALANCE,
          Event.WAKE_SOMEBODY,
          Event.WRITE_TO_WAITER,
          Event.ENTER_KERNEL,
          Event.PREEMPT);

  private final Kernel k;
  private final Scheduler scheduler;
  private final Wakeup wakeup;
  private final Balancer balancer;
  private final FrameLedger ledger;
  private final int number;
  private final boolean merges;
  private final ImmutableList<Event> whenIdle;
  private final ImmutableList<Event> whenInKernel;
  private final ImmutableList<Event> whenInUser;

  Cpu(
      Kernel k,
      Scheduler scheduler,
      Wakeup wakeup,
      Balancer balancer,
      FrameLedger ledger,
      int number) {
    this.k = k;
    this.scheduler = scheduler;
    this.wakeup = wakeup;
    this.balancer = balancer;
    this.ledger = ledger;
    this.number = number;
    merges = !k.assumptions().scheduler().isSimple();
    whenIdle = thatCanHappen(WHEN_IDLE);
    whenInKernel = thatCanHappen(WHEN_IN_KERNEL);
    whenInUser =
        thatCanHappen(WHEN_IN_USER).stream()
            .filter(event -> event != Event.PREEMPT || preemptsInUserMode())
            .collect(toImmutableList());
  }

  private boolean preemptsInUserMode() {
    UserEdge edge = k.design().edge();
    return edge != null && edge.preemptsInUserMode();
  }

  @Override
  public String name() {
    return "C" + number;
  }

  private ImmutableList<Event> thatCanHappen(ImmutableList<Event> events) {
    Decisions design = k.design();
    SchedulerModel model = k.assumptions().scheduler();
    boolean kills = design.surroundings().oomKill() != null;
    boolean dies = k.rq(number).online != null;
    return events.stream()
        .filter(event -> event != Event.TTWU_PENDING || model.wakeList())
        .filter(event -> event != Event.BALANCE || model.moves() && k.cpus() > 1)
        .filter(event -> event != Event.HOLD || k.holding().isPossible())
        .filter(event -> event != Event.FLUSH_IPI || design.flushesByIpi())
        .filter(event -> event != Event.EXIT_TO_USER || design.edge() != null)
        .filter(event -> event != Event.READ_STACK || design.reader() != null)
        .filter(event -> event != Event.EXIT || design.forkAndExit() != null || kills)
        .filter(event -> event != Event.CPU_DOWN || dies)
        .collect(toImmutableList());
  }

  @Override
  public int run(Machine m, int local) {
    k.rq(number).whileOnline(m); // and never again
    int curr = m.read(k.rq(number).curr);
    // How it came to schedule() makes no difference there; a simple search is small enough as it
    // is.
    Entry entry =
        merges ? ENTRIES[m.call(WordType.NUMBER, () -> take(m, curr).ordinal())] : take(m, curr);
    switch (entry) {
      case NONE -> {}
      case PREEMPTED -> scheduler.schedule(m, number, curr, true);
      case SLEEPS -> scheduler.schedule(m, number, curr, false);
      case DIES -> scheduler.doTaskDead(m, number, k.task(curr));
    }
    return 0;
  }

  /** What happens next, up to a call of {@code schedule()} if it leads there. */
  private Entry take(Machine m, int curr) {
    List<Event> events = curr == 0 ? whenIdle : whenRunning(m, curr);
    switch (events.get(m.choose("event", 0, events.size() - 1))) {
      case FLUSH_IPI -> k.flushIpi().take(m);
      case TTWU_PENDING -> {
        m.call(() -> wakeup.schedTtwuPending(m, number));
        boolean preemptible = curr == 0 || events.contains(Event.PREEMPT);
        if (preemptible && m.choose("preempt_schedule_irq", 0, 1) == 1) {
          mayBePreempted(m, curr);
          return Entry.PREEMPTED; // irqentry_exit(), or the idle loop
        }
      }
      case BALANCE -> balancer.balance(m, number);
      case RESCHEDULE -> {
        m.when(k.rq(number).needResched, 1);
        return Entry.PREEMPTED;
      }
      case WAKE_SOMEBODY ->
          wakeup.tryToWakeUp(m, number, m.chooseOne("whom", WordType.TASKS, k.allTasksBut(curr)));
      case WRITE_TO_WAITER -> {
        Task sleeper = k.task(m.chooseOne("whose", WordType.TASKS, k.allTasksBut(curr)));
        m.when(sleeper.state, Wakeup.chooseSleep(m, k));
        k.mmu().useAccessedPage(m, sleeper.number);
      }
      case READ_STACK -> {
        StackReader reader = Objects.requireNonNull(k.design().reader());
        Task other = k.task(m.chooseOne("whose", WordType.TASKS, k.allTasksBut(curr)));
        int page = m.choose("page", 0, k.pages() - 1);
        m.call(() -> reader.read(m, k, other, page));
      }
      case USE_STACK -> k.mmu().useOwnStack(m, number, curr);
      case HOLD -> k.holding().act(m, k.task(curr));
      case PREEMPT -> {
        mayBePreempted(m, curr);
        return Entry.PREEMPTED;
      }
      case ENTER_KERNEL -> enterKernel(m, k.task(curr));
      case EXIT_TO_USER -> {
        k.holding().mayLeaveTheKernel(m, k.task(curr));
        m.writeOnce(k.task(curr).state, Task.RUNNING); // __set_current_state()
        exitToUser(m, k.task(curr));
      }
      case PREEMPT_ABOUT_TO_SLEEP -> {
        mayBePreempted(m, curr);
        m.writeOnce(k.task(curr).state, chooseSleep(m, curr));
        return Entry.PREEMPTED;
      }
      case SLEEP -> {
        UserEdge edge = k.design().edge();
        k.holding().maySleep(m, k.task(curr));
        if (edge != null && edge.sleepsInUserMode()) {
          k.holding().mayLeaveTheKernel(m, k.task(curr));
          exitToUser(m, k.task(curr));
        }
        m.writeOnce(k.task(curr).state, chooseSleep(m, curr));
        return Entry.SLEEPS;
      }
      case CPU_DOWN -> {
        CpuHotplug hotplug = Objects.requireNonNull(k.design().surroundings().hotplug());
        m.call(() -> hotplug.cpuDown(m, k, number));
        return Entry.NONE;
      }
      case EXIT -> {
        if (k.design().surroundings().oomKill() != null) {
          m.when(k.oomVictim(), curr); // get_signal(): it is killed
        }
        k.holding().mayLeaveTheKernel(m, k.task(curr));
        return Entry.DIES;
      }
    }
    return Entry.NONE;
  }

  /** Where sleepers are frozen, it sleeps freezably or not; never with something held. */
  private int chooseSleep(Machine m, int curr) {
    if (k.design().thaw() == null || m.choose("freezable", 0, 1) == 0) {
      return Task.SLEEPING;
    }
    k.holding()
        .mayLeaveTheKernel(m, k.task(curr)); // lockdep: "dangerous to freeze with locks held"
    return Task.FREEZABLE;
  }

  private void mayBePreempted(Machine m, int curr) {
    if (curr != 0) {
      k.holding().mayBePreempted(m, k.task(curr));
    }
  }

  private List<Event> whenRunning(Machine m, int curr) {
    return k.design().edge() == null || scheduler.isInKernel(m, curr) ? whenInKernel : whenInUser;
  }

  /** K: arch/x86/entry/entry_64.S, on the entry stack of the CPU until the thread has its own. */
  private void enterKernel(Machine m, Task curr) {
    UserEdge edge = Objects.requireNonNull(k.design().edge());
    if (m.call(WordType.BOOLEAN, () -> edge.enter(m, k, number, curr) ? 1 : 0) == 1) {
      m.writeOnce(k.mmu().sp(curr.number), 0);
    }
  }

  /** K: exit_to_user_mode(), on the entry stack of the CPU: the thread's own is empty. */
  private void exitToUser(Machine m, Task curr) {
    UserEdge edge = Objects.requireNonNull(k.design().edge());
    m.writeOnce(k.mmu().sp(curr.number), k.pages());
    m.call(() -> edge.exit(m, k, number, curr));
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
