package dev.kstack.model.kernel;

import com.google.common.collect.ImmutableSet;
import dev.kstack.model.hardware.FlushIpi;
import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.hardware.Mmu;
import dev.kstack.model.hardware.SpeculativeWalker;
import dev.kstack.model.hardware.TlbRecord;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackInvariants;
import dev.kstack.spec.StackProperties;
import dev.kstack.spec.StackView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The whole machine under one design: its words, and the processes that share them. */
public final class Kernel implements Program {
  /** Where a CPU's number could stand. */
  public static final int NO_CPU = -1;

  private final Sizes sizes;
  private final Decisions design;
  private final Assumptions assumptions;
  private final Layout layout;
  private final List<Process> processes = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<RunQueue> runQueues = new ArrayList<>();
  private final FrameLedger ledger;
  private final Mmu mmu;
  private final LockDep lockDep;
  private final FlushIpi flushIpi;
  private final FramePool pool;
  private final Holding holding;
  private final int others;
  private final TaskRqLock taskRqLock;
  private final Freezer freezer;
  private final @Nullable Word kswapd;
  private final @Nullable Word oomVictim;
  private final @Nullable ThreadStacks stacks;
  private final SpeculativeWalker walker;
  private final boolean locksAreKept;
  private final long accessedPageKept;
  private final long livePageKept;
  private final long frameOwnership;
  private final long runsFullyMapped;
  private final long deadlockFree;
  private final long noLostWakeup;
  private final long neverDoomed;
  private final long noCircle;

  public Kernel(Sizes sizes, Decisions design, Assumptions assumptions) {
    this(sizes, design, assumptions, ImmutableSet.of());
  }

  /**
   * One that breaks rules of locking.
   *
   * @param broken of which words they are: see {@link Layout#distrust}
   */
  public Kernel(
      Sizes sizes, Decisions design, Assumptions assumptions, ImmutableSet<String> broken) {
    this(sizes, design, assumptions, TlbRecord.THAT_CAN_MATTER, broken);
  }

  /** With a choice of what the state records of TLBs; for tests. */
  public Kernel(Sizes sizes, Decisions design, Assumptions assumptions, TlbRecord record) {
    this(sizes, design, assumptions, record, ImmutableSet.of());
  }

  private Kernel(
      Sizes sizes,
      Decisions design,
      Assumptions assumptions,
      TlbRecord record,
      ImmutableSet<String> broken) {
    this.sizes = sizes;
    this.design = design;
    this.assumptions = assumptions;
    layout = new Layout(sizes.threads(), sizes.frames());
    StackProperties.ALL.forEach(layout::claim);
    layout.claimNoDataRace(StackProperties.DATA_RACE_FREE);
    layout.claimLockingRules(StackProperties.LOCKING_RULES);
    layout.distrust(broken);
    locksAreKept = broken.isEmpty();
    accessedPageKept = layout.claim(StackProperties.ACCESSED_PAGE_KEPT);
    livePageKept = layout.claim(StackProperties.LIVE_PAGE_KEPT);
    noLostWakeup = layout.claim(StackProperties.NO_LOST_WAKEUP);
    frameOwnership = layout.claim(StackProperties.FRAME_OWNERSHIP);
    neverDoomed = layout.claim(StackProperties.NEVER_DOOMED);
    runsFullyMapped = layout.claim(StackProperties.RUNS_FULLY_MAPPED);
    deadlockFree = layout.claim(StackProperties.DEADLOCK_FREE);

    boolean holds = !assumptions.kernel().isBare();
    noCircle = holds ? layout.claim(StackProperties.NO_CIRCLE) : 0;

    SchedulerModel scheduling = assumptions.scheduler();
    Thaw thaw = design.thaw();
    List<String> movers = new ArrayList<>();
    for (int cpu = 0; cpu < sizes.cpus(); cpu++) {
      movers.add("C" + cpu);
    }
    movers.add("O");
    int scanners = design.scan() == null ? 0 : design.surroundings().twoScanners() ? 2 : 1;
    for (int scanner = 1; scanner <= scanners; scanner++) {
      movers.add(nameOfScanner(scanner));
    }
    if (design.purge() != null) {
      movers.add("K");
    }
    ForkAndExit forkAndExit = design.forkAndExit();
    if (forkAndExit != null) {
      movers.add("F");
    }
    int fillers = thaw == null ? 0 : thaw.fillers();
    for (int list = 0; list < fillers; list++) {
      movers.add(Filler.name(list));
    }
    ledger = new FrameLedger(layout, movers);
    StackFault fault = design.fault();
    mmu =
        new Mmu(
            layout,
            sizes.cpus(),
            sizes.pages(),
            record,
            ledger,
            design.use(),
            fault == null ? null : (m, cpu, t, page) -> fault.serve(m, this, cpu, task(t), page));
    for (int task = 1; task <= sizes.threads(); task++) {
      tasks.add(
          new Task(
              layout,
              task,
              sizes.cpus(),
              forkAndExit != null,
              fillers,
              design.surroundings(),
              scheduling));
    }
    for (int cpu = 0; cpu < sizes.cpus(); cpu++) {
      runQueues.add(new RunQueue(layout, cpu, fault != null, design.surroundings(), scheduling));
    }
    lockDep = new LockDep(layout, sizes.cpus());
    flushIpi = new FlushIpi(layout, mmu, sizes.cpus(), lockDep);
    int place = RunQueue.placeInside(sizes.cpus(), design.surroundings(), scheduling);
    OomKill kill = design.surroundings().oomKill();
    oomVictim =
        kill == null
            ? null
            : layout.word("oom_victim", WordType.TASK, layout.leastBits(WordType.TASK));
    boolean waitsInLine = oomVictim != null && thaw != null;
    OomReserve kept = waitsInLine ? new OomReserve(oomVictim, kill.reserved(this), tasks) : null;
    boolean defers = design.purge() != null;
    pool = new FramePool(layout, sizes.reserve(), runQueues, ledger, defers, kept, place);

    stacks =
        forkAndExit == null ? null : new ThreadStacks(layout, this, tasks, forkAndExit, place + 1);

    holding = new Holding(layout, this, assumptions.kernel(), tasks, ledger);
    taskRqLock = new TaskRqLock(this, tasks);
    Balancer balancer = new Balancer(this);
    Scheduler scheduler = new Scheduler(this, design, balancer);
    Wakeup wakeup = new Wakeup(this);
    for (int cpu = 0; cpu < sizes.cpus(); cpu++) {
      processes.add(new Cpu(this, scheduler, wakeup, balancer, ledger, cpu));
    }
    others = processes.size();
    kswapd =
        design.kswapdIsAThread()
            ? layout.word("kswapd", WordType.TASK, layout.leastBits(WordType.TASK))
            : null;
    processes.add(new OtherUsers(this, pool, ledger, others));
    for (int scanner = 1; scanner <= scanners; scanner++) {
      Scan scan = Objects.requireNonNull(design.scan());
      processes.add(new Shrinker(this, scan, ledger, nameOfScanner(scanner), processes.size()));
    }
    if (design.purge() != null) {
      processes.add(new Purger(this, design.purge(), ledger, processes.size()));
    }
    int forker = processes.size();
    if (stacks != null) {
      processes.add(new Forker(stacks, ledger, processes.size()));
    }
    freezer = new Freezer(wakeup, tasks, fillers);
    for (int list = 0; list < fillers; list++) {
      processes.add(new Filler(this, Objects.requireNonNull(thaw), ledger, processes.size(), list));
    }
    if (kill != null && thaw == null) { // else the filler is who wants memory
      processes.add(new OomKiller(this));
    }
    walker =
        new SpeculativeWalker(
            layout, mmu, assumptions.hardware(), sizes.cpus(), sizes.speculation());
    if (sizes.speculation() > 0) {
      processes.add(walker);
    }
    watch(forker);
    declareOwners(scheduling);
    if (!design.all().stream().allMatch(Decision::obeysLocks)) {
      layout.distrustExclusive();
    }
    observe();
    layout.complete();
  }

  private void declareOwners(SchedulerModel scheduling) {
    Ownership ownership = new Ownership(this);
    for (Task task : tasks) {
      ownership.ofState(task);
      ownership.ofOnRq(task);
      ownership.ofOnCpu(task);
      ownership.ofStack(task, mmu);
      if (design.use().savesSp()) {
        ownership.ofSp(task, mmu);
      }
      if (scheduling.moves()) {
        ownership.ofCpu(task);
      }
    }
  }

  private static String nameOfScanner(int scanner) {
    return scanner == 1 ? "S" : "S" + scanner;
  }

  /** The words that say what a stack is to the specification. */
  private void observe() {
    mmu.observe();
    ledger.observe();
    pool.free().asObserved();
    pool.others().asObserved();
    for (RunQueue rq : runQueues) {
      rq.curr.asObserved();
      rq.parked.asObserved();
      if (rq.freeList != null) {
        rq.freeList.asObserved();
      }
    }
    for (Task task : tasks) {
      if (stacks != null) {
        task.stackRefcount().asObserved();
      }
      if (design.thaw() != null) {
        task.state.asObserved();
        task.onRq.asObserved();
      }
    }
  }

  /** What is noticed in the operations themselves, besides what the hardware notices. */
  private void watch(int forker) {
    long reclaims = layout.claim(StackProperties.RECLAIMS);
    long parks = layout.claim(StackProperties.PARKS);
    long schedulable = layout.claim(StackProperties.SCHEDULABLE) | neverDoomed;
    long onOneCpu = layout.claim(StackProperties.ON_ONE_CPU);
    long runsEventually = layout.claim(StackProperties.RUNS_EVENTUALLY);
    pool.free()
        .watchedBy(
            (memory, process, word, before, after) -> {
              ledger.setChanged(memory, process, word, before, after);
              // What a fault design gives back was in no stack, what vfree() does in nobody's.
              boolean fromStack =
                  design.fault() == null
                      && process != others
                      && process != forker
                      && !isReclaimedBy(memory, process);
              if (fromStack && (after & ~before) != 0) {
                memory.raise(reclaims);
              }
            });
    if (design.edge() != null) { // who is refused at the edge is not parked, but waits all the same
      pool.waiting()
          .watchedBy(
              (memory, process, word, before, after) -> {
                if ((after & ~before) != 0) {
                  memory.raise(parks);
                }
              });
    }
    for (RunQueue rq : runQueues) {
      if (rq.stackPages != null) {
        rq.stackPages.watchedBy(ledger::setChanged);
      }
      if (rq.freeList != null) {
        rq.freeList.watchedBy(ledger::setChanged);
      }
      rq.parked.watchedBy(
          (memory, process, word, before, after) -> {
            if ((after & ~before) != 0) {
              memory.raise(parks);
              memory.premise(noLostWakeup);
            }
          });
      rq.queue.watchedBy((memory, process, word, before, after) -> memory.premise(runsEventually));
      rq.curr.watchedBy(
          (memory, process, word, before, after) -> {
            memory.premise(runsFullyMapped | schedulable | onOneCpu);
            for (RunQueue other : runQueues) {
              if (after != 0 && other != rq && memory.get(other.curr) == after) {
                memory.raise(onOneCpu);
              }
            }
          });
      lockDep.watch(
          rq.lock, (memory, process, word, before, after) -> memory.premise(deadlockFree));
    }
    lockDep.watch(pool.lock(), (memory, process, word, before, after) -> {});
    for (Task task : tasks) {
      lockDep.watch(task.piLock, (memory, process, word, before, after) -> {});
    }
    for (Task task : tasks) {
      if (oomVictim != null) {
        watchDeathOf(task);
      }
    }
    if (stacks != null) {
      lockDep.watch(stacks.lock(), (memory, process, word, before, after) -> {});
      for (Task task : tasks) {
        watchLifeOf(task);
      }
    }
  }

  /** What a dead thread has used is nobody's. */
  private void watchDeathOf(Task task) {
    Word deepest = mmu.deepest(task.number);
    task.onCpu.watchedBy(
        (memory, process, word, before, after) -> {
          if (after == 0 && memory.get(task.state) == Task.DEAD) {
            memory.set(process, deepest, pages());
          }
        });
  }

  /** Does the CPU run a thread that gives back what it took from another user? */
  private boolean isReclaimedBy(Memory memory, int process) {
    int curr = process < cpus() ? memory.get(rq(process).curr) : 0;
    return curr != 0 && holding.hasFramesOfOthers(memory, task(curr));
  }

  /** What a dead thread has used is nobody's; and one is born with its top page. */
  private void watchLifeOf(Task task) {
    Word deepest = mmu.deepest(task.number);
    task.stackRefcount()
        .watchedBy(
            (memory, process, word, before, after) -> {
              if (after == 0) {
                memory.set(process, deepest, pages());
              } else if (before == 0) {
                memory.set(process, deepest, pages() - 1);
              }
            });
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public List<Process> processes() {
    return Collections.unmodifiableList(processes);
  }

  @Override
  public TaskProgress progress() {
    return new Schedulability(this);
  }

  @Override
  public Property deadlock() {
    return StackProperties.DEADLOCK_FREE;
  }

  /**
   * All threads sleep and all CPUs idle. A thread is born with what it has used: the top page. The
   * rest of its stack is mapped only where stacks are mapped for life, as today, with A set at
   * birth; where sleepers are frozen, they begin so.
   */
  @Override
  public void init(Memory memory) {
    int top = sizes.pages() - 1;
    int frame = 1;
    for (Task task : tasks) {
      int first = pages() - design.pagesAtBirth(pages());
      if (kswapd != null && memory.get(kswapd) == 0) {
        memory.init(kswapd, task.number);
        first = 0;
      }
      if (design.surroundings().topLevels() != null) {
        memory.init(task.pgd(), task.number == 1 ? 1 : 0);
      }
      boolean frozen = design.thaw() != null && first > 0;
      memory.init(task.state, frozen ? Task.FROZEN : Task.SLEEPING);
      if (stacks != null) {
        memory.init(task.stackRefcount(), 1);
      }
      memory.init(mmu.deepest(task.number), Math.max(first, top));
      if (design.use().savesSp()) {
        memory.init(mmu.sp(task.number), Math.max(first, top));
      }
      for (int page = first; page <= top; page++) {
        boolean used = page == top || design.mappedForLife();
        int flags = used ? Pte.FLAGS : design.use().fresh();
        memory.init(mmu.pte(task.number, page), Pte.of(frame++, flags));
      }
    }
    for (int free = 0; frame <= sizes.frames(); frame++) {
      free |= 1 << frame;
      memory.init(pool.free(), free);
    }
    memory.init(walker.budget(), sizes.speculation());
    for (RunQueue rq : runQueues) {
      if (rq.online != null) {
        memory.init(rq.online, 1);
      }
    }
  }

  @Override
  public void check(Memory memory) {
    StackView state = view(memory);
    if (!StackInvariants.accessedPageKept(state)) {
      memory.raise(accessedPageKept);
    }
    if (!StackInvariants.livePageKept(state)) {
      memory.raise(livePageKept);
    }
    if (!StackInvariants.runsFullyMapped(state)) {
      memory.raise(runsFullyMapped);
    }
    if (!StackInvariants.frameOwnership(state)) {
      memory.raise(frameOwnership);
    }
    if (design.latches() && !StackInvariants.neverDoomed(state)) {
      memory.raise(neverDoomed);
    }
    if (Circle.isClosed(this, memory)) {
      memory.raise(noCircle);
    }
    for (RunQueue rq : runQueues) {
      if (idlesOnThoughThereAreFrames(memory, rq)) {
        memory.raise(noLostWakeup);
      }
    }
  }

  private boolean idlesOnThoughThereAreFrames(Memory memory, RunQueue rq) {
    boolean idles = memory.get(rq.curr) == 0 && !rq.mayBeScheduling(memory);
    if (!idles || memory.get(rq.needResched) != 0 || memory.get(pool.lock().holder()) != 0) {
      return false;
    }
    OomKill kill = design.surroundings().oomKill();
    int free = Integer.bitCount(memory.get(pool.free()));
    free -= kill == null ? 0 : kill.reserved(this);
    int parked = memory.get(rq.parked) & ~memory.get(pool.flushing());
    for (Task task : tasks) {
      if ((parked & task.asSet()) != 0 && mmu.holes(memory, task.number) <= free) {
        return true;
      }
    }
    return false;
  }

  /**
   * A thread may be preempted at any time and {@code schedule()} tries everybody again, so while a
   * CPU runs one, nothing depends on whether it is to reschedule; nor does it on an idle CPU that
   * has nobody to pick. (That it waits for frames does matter: who frees some in the middle of its
   * next {@code schedule()} kicks it.) A sleeper's CPU is chosen anew when it is woken. And the
   * state of who runs is what it says itself, in the entry to the kernel in which it matters; until
   * then it makes no difference whether somebody wakes who never slept. What is said of threads
   * follows from who has which lock, so it is not where rules of locking turn out to be broken.
   */
  @Override
  public void forget(Memory memory, int resting) {
    for (int cpu = 0; cpu < sizes.cpus(); cpu++) {
      RunQueue rq = rq(cpu);
      if ((resting & 1 << cpu) != 0) {
        boolean nothingParked = memory.get(rq.parked) == 0;
        boolean runs = memory.get(rq.curr) != 0;
        if (runs || nothingParked && memory.get(rq.queue) == 0) {
          memory.init(rq.needResched, 0);
        }
      }
    }
    if (!locksAreKept) {
      return;
    }
    for (Task task : tasks) {
      boolean offCpu = memory.get(task.onRq) == 0 && memory.get(task.onCpu) == 0;
      boolean waking = memory.get(task.state) == Task.WAKING;
      if (offCpu && !waking && memory.get(task.piLock.holder()) == 0) {
        memory.init(task.cpu, 0);
      }
      int cpu = memory.get(task.cpu);
      boolean scheduled = (resting & 1 << cpu) != 0 && memory.get(rq(cpu).lock.holder()) == 0;
      boolean sleeps = (rq(cpu).delayed(memory) & task.asSet()) != 0;
      boolean queued = memory.get(task.onRq) == Task.QUEUED && !sleeps;
      if (queued && scheduled && memory.get(task.piLock.holder()) == 0) {
        memory.init(task.state, Task.RUNNING);
      }
    }
  }

  /** The stacks as the specification sees them, in the memory as it is whenever it is asked. */
  public StackView view(Memory memory) {
    return new StackState(this, memory);
  }

  public Sizes sizes() {
    return sizes;
  }

  public Decisions design() {
    return design;
  }

  public Assumptions assumptions() {
    return assumptions;
  }

  public int cpus() {
    return sizes.cpus();
  }

  public int pages() {
    return sizes.pages();
  }

  public Mmu mmu() {
    return mmu;
  }

  /**
   * K: mm/vmscan.c, wakeup_kswapd(): {@code try_to_wake_up()} takes the lock of the run queue that
   * kswapd is on, whichever that is.
   */
  public void wakeupKswapd(Machine m) {
    lockDep.noteWakeupKswapd(m);
    RunQueue rq = rq(m.choose("kswapd's CPU", 0, cpus() - 1));
    m.lock(rq.lock);
    m.unlock(rq.lock);
  }

  /** Sleeps until the CPU is kicked, because somebody gave frames back. */
  public void sleepUntilFramesAreFree(Machine m, int cpu) {
    lockDep.mightSleep(m);
    m.waitUntil(rq(cpu).needResched, 1);
  }

  public FlushIpi flushIpi() {
    return flushIpi;
  }

  public FramePool pool() {
    return pool;
  }

  /** Who was killed and is not dead yet; 0 for nobody. */
  public Word oomVictim() {
    return Objects.requireNonNull(oomVictim, "nobody is killed");
  }

  /**
   * K: kernel/locking/spinlock_rt.c, rt_spin_lock(): on PREEMPT_RT whoever takes a {@code
   * spinlock_t}, such as that of the page allocator, may sleep.
   */
  public void rtSpinLock(Machine m) {
    lockDep.mightSleep(m);
  }

  /** What threads hold over preemption and sleep. */
  public Holding holding() {
    return holding;
  }

  /** Where the stacks of dead threads are; null if threads live for ever. */
  public @Nullable ThreadStacks stacks() {
    return stacks;
  }

  /** What freezes sleepers and thaws them, where a design does. */
  public Freezer freezer() {
    return freezer;
  }

  /** How to take the lock of the run queue that a task is on. */
  public TaskRqLock taskRqLock() {
    return taskRqLock;
  }

  SpeculativeWalker walker() {
    return walker;
  }

  FrameLedger ledger() {
    return ledger;
  }

  /** The number of the process that is the other users of frames. */
  int others() {
    return others;
  }

  public Task task(int number) {
    return tasks.get(number - 1);
  }

  public RunQueue rq(int cpu) {
    return runQueues.get(cpu);
  }

  /** Is the task the thread that gives memory back? */
  public boolean isKswapd(Machine m, Task task) {
    return kswapd != null && m.readOnce(kswapd) == task.number;
  }

  /** Is it kswapd, where the design takes nothing from it? */
  boolean keepsAll(Memory memory, int thread) {
    return kswapd != null && design.hook().keepsKswapd() && memory.get(kswapd) == thread;
  }

  /** The environment offers what follows only while kswapd runs, where it is a thread. */
  void whileKswapdRuns(Machine m) {
    if (kswapd != null) {
      int task = m.chooseOne("kswapd", WordType.TASKS, allTasksBut(0));
      m.when(kswapd, task);
      m.when(task(task).onCpu, 1);
    }
  }

  /** Is the task runnable, and waits for this CPU? With the run queue's lock held. */
  public boolean isQueued(Machine m, int cpu, Task task) {
    return (m.read(rq(cpu).queue) & task.asSet()) != 0;
  }

  /** Does the CPU run nobody? To be asked by that CPU. */
  public boolean idles(Machine m, int cpu) {
    return m.read(rq(cpu).curr) == 0;
  }

  /** K: resched_curr(), if the CPU has parked somebody. To be done by that CPU, in schedule(). */
  public void tryParkedAgain(Machine m, int cpu) {
    if (m.read(rq(cpu).parked) != 0) {
      m.writeOnce(rq(cpu).needResched, 1);
    }
  }

  /** Every task but this one (0: every task), as a set. */
  int allTasksBut(int number) {
    int all = (1 << tasks.size()) - 1;
    return number == 0 ? all : all & ~task(number).asSet();
  }
}
