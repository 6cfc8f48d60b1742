package dev.kstack.model.hardware;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.StackProperties;
import org.jspecify.annotations.Nullable;

/**
 * The memory management units of all CPUs: the PTEs of every stack, and a TLB per CPU.
 *
 * <p>A TLB entry is recorded only when it can matter. While a PTE has P and A set, any CPU may hold
 * its translation or evict it at any time: both give the same access, so nothing is recorded.
 * Entries appear in the state in two ways: software changes a PTE that had P and A set, or clears A
 * in it (every CPU may now hold the old translation), or a speculative fill leaves A clear. {@link
 * TlbRecord#EVERY} records all of them, and a test shows that the verdicts are the same.
 */
public final class Mmu {
  /** The flags of a TLB entry that was cached by a walk that set A. */
  private static final int ENTRY = Pte.PRESENT | Pte.ACCESSED;

  private final int cpus;
  private final int pages;
  private final TlbRecord record;
  private final FrameLedger ledger;
  private final StackUse use;
  private final @Nullable PageFault pageFault;
  private final Word[][] pte;
  private final Word[] deepest;
  private final Word[] sp;
  private final Word[][][] tlb;
  private final int[] taskOf;
  private final int[] pageOf;
  private final Touch touch;
  private final RemoteAccess look;
  private final RemoteAccess read;
  private final RemoteAccess write;
  private final RemoteAccess copyNofault;
  private final FlushLocal flushLocal;
  private final DoubleFault doubleFault;

  /** A machine whose kernel serves faults on stacks if there is a handler. */
  public Mmu(
      Layout layout,
      int cpus,
      int pages,
      TlbRecord record,
      FrameLedger ledger,
      StackUse use,
      @Nullable PageFault pageFault) {
    int tasks = layout.tasks();
    this.cpus = cpus;
    this.pages = pages;
    this.record = record;
    this.ledger = ledger;
    this.use = use;
    this.pageFault = pageFault;
    pte = new Word[tasks + 1][pages];
    deepest = new Word[tasks + 1];
    sp = new Word[use.savesSp() ? tasks + 1 : 0];
    tlb = new Word[cpus][tasks + 1][pages];
    int wordsOfTask = pages * (1 + cpus) + 2; // PTEs and TLB entries, deepest and sp
    taskOf = new int[layout.words().size() + tasks * wordsOfTask];
    pageOf = new int[taskOf.length];
    for (int task = 1; task <= tasks; task++) {
      for (int page = 0; page < pages; page++) {
        Word word =
            layout
                .wordOf(task, "pte[" + page + "]", WordType.PTE, layout.leastBits(WordType.PTE))
                .watchedBy(this::pteChanged);
        pte[task][page] = word;
        taskOf[word.number()] = task;
        pageOf[word.number()] = page;
      }
      deepest[task] =
          layout.wordOf(task, "deepest", WordType.NUMBER, Layout.bitsFor(pages)).asGhost();
      if (use.savesSp()) {
        sp[task] = layout.wordOf(task, "sp", WordType.NUMBER, Layout.bitsFor(pages));
      }
      for (int cpu = 0; cpu < cpus; cpu++) {
        for (int page = 0; page < pages; page++) {
          tlb[cpu][task][page] =
              layout.wordOf(
                  task,
                  "tlb[C" + cpu + "][" + page + "]",
                  WordType.PTE,
                  layout.leastBits(WordType.PTE));
        }
      }
    }
    touch =
        new Touch(
            this,
            layout.claim(StackProperties.NO_STACK_FAULT),
            layout.claim(StackProperties.NO_STALE_TRANSLATION),
            layout.claim(StackProperties.ACCESSED_PAGE_KEPT)
                | layout.claim(StackProperties.LIVE_PAGE_KEPT));
    look = remoteAccess(layout, RemoteAccess.How.LOOK);
    read = remoteAccess(layout, RemoteAccess.How.READ);
    write = remoteAccess(layout, RemoteAccess.How.WRITE);
    copyNofault = remoteAccess(layout, RemoteAccess.How.NOFAULT);
    flushLocal = new FlushLocal(this);
    doubleFault = new DoubleFault(layout.claim(StackProperties.NO_STACK_FAULT));
  }

  private RemoteAccess remoteAccess(Layout layout, RemoteAccess.How how) {
    return new RemoteAccess(
        this,
        how,
        layout.claim(StackProperties.NO_STACK_FAULT),
        layout.claim(StackProperties.NO_STALE_TRANSLATION));
  }

  /** Declares that an observer looks at what is mapped and what was accessed. */
  public void observe() {
    for (int task = 1; task < pte.length; task++) {
      deepest[task].asObserved();
      for (Word word : pte[task]) {
        word.asObserved();
      }
    }
  }

  public int pages() {
    return pages;
  }

  /** The PTE that maps a page of a task's stack; page 0 is the lowest. */
  public Word pte(int task, int page) {
    return pte[task][page];
  }

  /** Ghost: the lowest page that was ever accessed. Stack use is contiguous from the top. */
  public Word deepest(int task) {
    return deepest[task];
  }

  /**
   * {@code thread.sp}: the page that the stack pointer of a switched out thread stands in; the
   * number of pages if its stack is empty, which is where a thread in user mode has it; 0 while the
   * thread runs in the kernel.
   */
  public Word sp(int task) {
    return sp[task];
  }

  /** {@link #sp}, or 0 where nobody looks at it. */
  public int savedSp(Memory memory, int task) {
    return use.savesSp() ? memory.get(sp[task]) : 0;
  }

  void saveSp(Memory memory, int process, int task, int page) {
    if (use.savesSp()) {
      memory.set(process, sp[task], page);
    }
  }

  public StackUse use() {
    return use;
  }

  boolean servesFaults() {
    return pageFault != null;
  }

  /** How many pages of the stack are not present. */
  public int holes(Memory memory, int task) {
    int holes = 0;
    for (Word entry : pte[task]) {
      holes += Pte.present(memory.get(entry)) ? 0 : 1;
    }
    return holes;
  }

  /** Is it a CPU? Of those that other processes run on, TLBs are not modelled: they walk. */
  boolean hasTlb(int process) {
    return process < cpus;
  }

  Word tlb(int cpu, int task, int page) {
    return tlb[cpu][task][page];
  }

  TlbRecord record() {
    return record;
  }

  FrameLedger ledger() {
    return ledger;
  }

  /**
   * The thread that runs on the executing CPU uses its stack: as deep as ever, or a page deeper.
   */
  public void useOwnStack(Machine m, int cpu, int task) {
    int how = use.dirtyBit() && m.choose("loads", 0, 1) == 1 ? Touch.LOAD : 0;
    touch(m, cpu, task, Touch.Access.OWN, how);
  }

  /** Somebody writes to what a sleeper waits on, which stands in a page that it has accessed. */
  public void useAccessedPage(Machine m, int task) {
    m.execute(touch, task, Touch.Access.ACCESSED_BEFORE.ordinal(), 0);
  }

  /** Is P set in the PTE of a page of another thread's stack, as somebody sees it in passing? */
  public boolean looksPresent(Machine m, int task, int page) {
    return m.execute(look, task, page, 0) == 1;
  }

  /** Somebody reads from another thread's stack, and faults if the page is not present. */
  public void read(Machine m, int task, int page) {
    m.execute(read, task, page, 0);
  }

  /** Somebody writes to a stack that is nobody's, and faults if the page is not present. */
  public void write(Machine m, int task, int page) {
    m.execute(write, task, page, 0);
  }

  /** Somebody reads from another thread's stack, and may be told that the page is not present. */
  public void copyFromKernelNofault(Machine m, int task, int page) {
    m.execute(copyNofault, task, page, 0);
  }

  /** The registers of a thread that is switched out go on its stack, perhaps one page deeper. */
  public void push(Machine m, int cpu, int task) {
    touch(m, cpu, task, Touch.Access.PUSH, 0);
  }

  /** The registers of a thread that is switched in come from where they were pushed. */
  public void pop(Machine m, int cpu, int task) {
    touch(m, cpu, task, Touch.Access.POP, use.dirtyBit() ? Touch.LOAD : 0);
  }

  private void touch(Machine m, int cpu, int task, Touch.Access access, int how) {
    int again = m.execute(touch, task, access.ordinal(), how);
    if (pageFault != null && again != 0) {
      m.call(() -> pageFault.handle(m, cpu, task, again - 1));
      m.execute(touch, task, access.ordinal(), how | again);
    }
  }

  /** The fault cannot be served. */
  public void doubleFault(Machine m, int task, int page) {
    m.execute(doubleFault, task, page, 0);
  }

  /** {@code flush_tlb_one_kernel()} for every page of the task's stack, on the executing CPU. */
  public void flushLocal(Machine m, int task) {
    m.execute(flushLocal, task, 0, 0);
  }

  /** The executing CPU holds no translation of any stack any more. */
  void dropAllEntries(Memory memory, int cpu) {
    for (int task = 1; task < pte.length; task++) {
      dropEntries(memory, cpu, task);
    }
  }

  /** The executing CPU holds no translation of the task's stack any more. */
  void dropEntries(Memory memory, int cpu, int task) {
    for (int page = 0; page < pages; page++) {
      memory.set(cpu, tlb[cpu][task][page], 0);
    }
  }

  /** The walker of a CPU has set A and cached the PTE, in place of any entry before. */
  void fill(Memory memory, int process, int cpu, int task, int page, int cached) {
    int entry = record == TlbRecord.EVERY && !use.movesWhole() ? entry(cached) : 0;
    memory.set(process, tlb[cpu][task][page], entry);
  }

  /**
   * The TLB entry of a PTE. Where nobody looks at D it is set in all of them, and left out here.
   */
  private int entry(int cached) {
    return Pte.of(Pte.frame(cached), ENTRY | (use.dirtyBit() ? cached & Pte.DIRTY : 0));
  }

  /** What the change of a PTE does to frame ownership and to the TLBs. */
  private void pteChanged(Memory memory, int process, Word word, int before, int after) {
    boolean unmaps =
        Pte.present(before) && (!Pte.present(after) || Pte.frame(before) != Pte.frame(after));
    boolean maps =
        Pte.present(after) && (!Pte.present(before) || Pte.frame(before) != Pte.frame(after));
    if (unmaps) {
      ledger.take(memory, process, 1 << Pte.frame(before));
    }
    if (maps) {
      ledger.give(memory, process, 1 << Pte.frame(after));
    }
    if (record == TlbRecord.THAT_CAN_MATTER && !use.movesWhole()) {
      int task = taskOf[word.number()];
      int page = pageOf[word.number()];
      boolean ages = Pte.present(before) && Pte.accessed(before) && !Pte.accessed(after);
      if (unmaps && Pte.accessed(before) || ages) {
        for (int cpu = 0; cpu < cpus; cpu++) {
          memory.set(process, tlb[cpu][task][page], entry(before));
        }
      } else if (Pte.present(after) && Pte.accessed(after)) {
        for (int cpu = 0; cpu < cpus; cpu++) {
          if (Pte.frame(memory.get(tlb[cpu][task][page])) == Pte.frame(after)) {
            memory.set(process, tlb[cpu][task][page], 0);
          }
        }
      }
    }
  }
}
