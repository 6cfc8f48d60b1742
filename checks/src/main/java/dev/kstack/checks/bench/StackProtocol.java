package dev.kstack.checks.bench;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A thin protocol of kernel stacks, for the engine itself: one run queue lock, stacks that are
 * filled before their thread runs, pages that are reclaimed after it if it did not touch them, and
 * a shrinker that does so at any time. {@code stack-protocol.pml} says the same in Promela, an
 * operation here for an operation there.
 */
final class StackProtocol implements Program {
  private static final int CPUS = 3;
  private static final int THREADS = 3;
  private static final int PAGES = 2;
  private static final int FRAMES = 5;

  private static final int PRESENT = 1;
  private static final int ACCESSED = 2;

  private static final int READY = 0;
  private static final int RUNNING = 1;
  private static final int PARKED = 2;

  private static final Property NO_FAULT =
      new Property(
          "no-fault",
          Property.Kind.SAFETY,
          "no thread touches a page of its stack that is not present",
          "the assertion of stack-protocol.pml");

  private final Layout layout = new Layout(0, 0);
  private final long noFault = layout.claim(NO_FAULT);
  private final Lock lock = layout.lock("rq.lock");
  private final Word free = layout.guarded(lock, "free", WordType.NUMBER, Layout.bitsFor(FRAMES));
  private final Word[] state = new Word[THREADS];
  private final Word[] pte = new Word[THREADS * PAGES];
  private final Word[] touched = new Word[THREADS * PAGES];
  private final Instruction touch = new Touch();

  StackProtocol() {
    for (int thread = 0; thread < THREADS; thread++) {
      state[thread] = layout.word("state[" + thread + "]", WordType.NUMBER, 2);
    }
    for (int page = 0; page < pte.length; page++) {
      pte[page] = layout.word("pte[" + page + "]", WordType.NUMBER, 2);
      touched[page] = layout.word("touched[" + page + "]", WordType.BOOLEAN, 1);
    }
    layout.complete();
  }

  /** A thread uses a page of its stack. */
  private final class Touch implements Instruction {
    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int page, int b, int c) {
      int entry = memory.get(pte[page]);
      if ((entry & PRESENT) == 0) {
        memory.raise(noFault);
      }
      memory.set(process, pte[page], entry | ACCESSED);
      memory.set(process, touched[page], 1);
      return 0;
    }

    @Override
    public String show(int variant, int page, int b, int c) {
      return "touch page " + page;
    }
  }

  /** Picks a thread, fills its stack, runs it, and reclaims what it did not touch. */
  private final class Cpu implements Process {
    private final int number;

    Cpu(int number) {
      this.number = number;
    }

    @Override
    public String name() {
      return "C" + number;
    }

    @Override
    public int run(Machine m, int local) {
      m.lock(lock);
      int next = pick(m);
      if (next == THREADS) {
        m.unlock(lock);
        return 0;
      }
      if (!fill(m, next)) {
        m.writeOnce(state[next], PARKED);
        m.unlock(lock);
        return 0;
      }
      m.writeOnce(state[next], RUNNING);
      m.unlock(lock);

      int depth = m.choose("depth", 0, PAGES);
      for (int page = 0; page < depth; page++) {
        m.execute(touch, next * PAGES + page, 0, 0);
      }

      m.lock(lock);
      for (int page = next * PAGES; page < (next + 1) * PAGES; page++) {
        int entry = m.readOnce(pte[page]);
        if (entry == PRESENT && m.cmpxchg(pte[page], entry, 0)) {
          m.writeOnce(free, m.readOnce(free) + 1);
        }
      }
      m.writeOnce(state[next], READY);
      for (Word parked : state) {
        if (m.readOnce(parked) == PARKED) {
          m.writeOnce(parked, READY);
        }
      }
      m.unlock(lock);
      return 0;
    }

    private int pick(Machine m) {
      for (int thread = 0; thread < THREADS; thread++) {
        if (m.readOnce(state[thread]) == READY) {
          return thread;
        }
      }
      return THREADS;
    }

    /** What was filled before there was no more stays. */
    private boolean fill(Machine m, int thread) {
      for (int page = thread * PAGES; page < (thread + 1) * PAGES; page++) {
        if ((m.readOnce(pte[page]) & PRESENT) == 0) {
          int frames = m.readOnce(free);
          if (frames == 0) {
            return false;
          }
          m.writeOnce(free, frames - 1);
          m.writeOnce(pte[page], PRESENT);
        }
      }
      return true;
    }
  }

  /** Reclaims what a thread that does not run has not touched. */
  private final class Shrinker implements Process {
    @Override
    public String name() {
      return "S";
    }

    @Override
    public int run(Machine m, int local) {
      int thread = m.choose("thread", 0, THREADS - 1);
      m.lock(lock);
      if (m.readOnce(state[thread]) != RUNNING) {
        for (int page = thread * PAGES; page < (thread + 1) * PAGES; page++) {
          if (m.readOnce(pte[page]) == PRESENT) {
            m.writeOnce(pte[page], 0);
            m.writeOnce(free, m.readOnce(free) + 1);
          }
        }
      }
      m.unlock(lock);
      return 0;
    }
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public List<Process> processes() {
    List<Process> processes = new ArrayList<>();
    for (int cpu = 0; cpu < CPUS; cpu++) {
      processes.add(new Cpu(cpu));
    }
    processes.add(new Shrinker());
    return processes;
  }

  @Override
  public void init(Memory memory) {
    memory.init(free, FRAMES);
  }

  @Override
  public void check(Memory memory) {}

  @Override
  public @Nullable Property deadlock() {
    return null;
  }
}
