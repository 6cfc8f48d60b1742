package dev.kstack.model.kernel;

import dev.kstack.model.hardware.FlushIpi;
import dev.kstack.model.hardware.FrameLedger;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.hardware.Mmu;
import dev.kstack.model.hardware.SpeculativeWalker;
import dev.kstack.model.hardware.TlbRecord;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackInvariants;
import dev.kstack.spec.StackProperties;
import dev.kstack.spec.StackView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The whole machine under one design: its words, and the processes that share them. */
public final class Kernel implements Program {
  private final Sizes sizes;
  private final Decisions design;
  private final Layout layout;
  private final List<Process> processes = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<RunQueue> runQueues = new ArrayList<>();
  private final FrameLedger ledger;
  private final Mmu mmu;
  private final FlushIpi flushIpi;
  private final FramePool pool;
  private final SpeculativeWalker walker;
  private final long accessedPageKept;
  private final long frameOwnership;
  private final long runsFullyMapped;
  private final long deadlockFree;

  public Kernel(Sizes sizes, Decisions design, Hardware hardware) {
    this(sizes, design, hardware, TlbRecord.THAT_CAN_MATTER);
  }

  /** With a choice of what the state records of TLBs; for tests. */
  public Kernel(Sizes sizes, Decisions design, Hardware hardware, TlbRecord record) {
    this.sizes = sizes;
    this.design = design;
    layout = new Layout(sizes.threads(), sizes.frames());
    StackProperties.ALL.forEach(layout::claim);
    accessedPageKept = layout.claim(StackProperties.ACCESSED_PAGE_KEPT);
    frameOwnership = layout.claim(StackProperties.FRAME_OWNERSHIP);
    runsFullyMapped = layout.claim(StackProperties.RUNS_FULLY_MAPPED);
    deadlockFree = layout.claim(StackProperties.DEADLOCK_FREE);

    List<String> movers = new ArrayList<>();
    for (int cpu = 0; cpu < sizes.cpus(); cpu++) {
      movers.add("C" + cpu);
    }
    movers.add("O");
    if (design.scan() != null) {
      movers.add("S");
    }
    ledger = new FrameLedger(layout, movers);
    mmu = new Mmu(layout, sizes.cpus(), sizes.pages(), record, ledger);
    for (int task = 1; task <= sizes.threads(); task++) {
      tasks.add(new Task(layout, task, sizes.cpus()));
    }
    for (int cpu = 0; cpu < sizes.cpus(); cpu++) {
      runQueues.add(new RunQueue(layout, cpu));
    }
    flushIpi = new FlushIpi(layout, mmu, sizes.cpus());
    pool = new FramePool(layout, sizes.reserve(), runQueues, ledger);

    Scheduler scheduler = new Scheduler(this, design);
    for (int cpu = 0; cpu < sizes.cpus(); cpu++) {
      processes.add(new Cpu(this, scheduler, ledger, cpu));
    }
    int others = processes.size();
    processes.add(new OtherUsers(pool, ledger, others));
    if (design.scan() != null) {
      processes.add(new Shrinker(this, design.scan(), ledger, processes.size()));
    }
    walker = new SpeculativeWalker(layout, mmu, hardware, sizes.cpus(), sizes.speculation());
    if (sizes.speculation() > 0) {
      processes.add(walker);
    }
    watch(others);
    if (design.all().stream().allMatch(Decision::obeysLocks)) {
      Ownership ownership = new Ownership(this);
      for (Task task : tasks) {
        ownership.ofState(task);
        ownership.ofOnRq(task);
        ownership.ofOnCpu(task);
        ownership.ofStack(task, mmu);
      }
    }
    layout.complete();
  }

  /** What is noticed in the operations themselves, besides what the hardware notices. */
  private void watch(int others) {
    long reclaims = layout.claim(StackProperties.RECLAIMS);
    long parks = layout.claim(StackProperties.PARKS);
    long schedulable = layout.claim(StackProperties.SCHEDULABLE);
    long runsEventually = layout.claim(StackProperties.RUNS_EVENTUALLY);
    pool.free()
        .watchedBy(
            (memory, process, word, before, after) -> {
              ledger.setChanged(memory, process, word, before, after);
              if (process != others && (after & ~before) != 0) {
                memory.raise(reclaims);
              }
            });
    for (RunQueue rq : runQueues) {
      rq.parked.watchedBy(
          (memory, process, word, before, after) -> {
            if ((after & ~before) != 0) {
              memory.raise(parks);
            }
          });
      rq.queue.watchedBy((memory, process, word, before, after) -> memory.premise(runsEventually));
      rq.curr.watchedBy(
          (memory, process, word, before, after) -> memory.premise(runsFullyMapped | schedulable));
      rq.lock
          .holder()
          .watchedBy((memory, process, word, before, after) -> memory.premise(deadlockFree));
    }
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
   * birth.
   */
  @Override
  public void init(Memory memory) {
    int top = sizes.pages() - 1;
    int frame = 1;
    for (Task task : tasks) {
      memory.init(task.state, Task.SLEEPING);
      memory.init(mmu.deepest(task.number), top);
      for (int page = design.mappedForLife() ? 0 : top; page <= top; page++) {
        memory.init(mmu.pte(task.number, page), Pte.of(frame++, Pte.FLAGS));
      }
    }
    for (int free = 0; frame <= sizes.frames(); frame++) {
      free |= 1 << frame;
      memory.init(pool.free(), free);
    }
    memory.init(walker.budget(), sizes.speculation());
  }

  @Override
  public void check(Memory memory) {
    StackView state = new StackState(this, memory);
    if (!StackInvariants.accessedPageKept(state)) {
      memory.raise(accessedPageKept);
    }
    if (!StackInvariants.runsFullyMapped(state)) {
      memory.raise(runsFullyMapped);
    }
    if (!StackInvariants.frameOwnership(state)) {
      memory.raise(frameOwnership);
    }
  }

  /**
   * A thread may be preempted at any time and {@code schedule()} tries everybody again, so while a
   * CPU runs one, it says nothing that it is to reschedule or waits for frames; nor does it on an
   * idle CPU with an empty run queue. And a sleeper's CPU is chosen anew when it is woken.
   */
  @Override
  public void forget(Memory memory, int resting) {
    for (int cpu = 0; cpu < sizes.cpus(); cpu++) {
      RunQueue rq = rq(cpu);
      if ((resting & 1 << cpu) != 0) {
        boolean nothingParked = memory.get(rq.parked) == 0;
        boolean runs = memory.get(rq.curr) != 0;
        if (runs || nothingParked) {
          memory.init(pool.waiting(), memory.get(pool.waiting()) & ~(1 << cpu));
        }
        if (runs || nothingParked && memory.get(rq.queue) == 0) {
          memory.init(rq.needResched, 0);
        }
      }
    }
    for (Task task : tasks) {
      boolean offCpu = memory.get(task.onRq) == 0 && memory.get(task.onCpu) == 0;
      if (offCpu && memory.get(task.piLock.holder()) == 0) {
        memory.init(task.cpu, 0);
      }
    }
  }

  public Sizes sizes() {
    return sizes;
  }

  public Decisions design() {
    return design;
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

  public FlushIpi flushIpi() {
    return flushIpi;
  }

  public FramePool pool() {
    return pool;
  }

  SpeculativeWalker walker() {
    return walker;
  }

  FrameLedger ledger() {
    return ledger;
  }

  public Task task(int number) {
    return tasks.get(number - 1);
  }

  public RunQueue rq(int cpu) {
    return runQueues.get(cpu);
  }

  /** Every task but this one (0: every task), as a set. */
  int allTasksBut(int number) {
    int all = (1 << tasks.size()) - 1;
    return number == 0 ? all : all & ~task(number).asSet();
  }
}
