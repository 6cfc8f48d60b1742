package dev.kstack.model.live;

import dev.kstack.model.machine.Exclusive;
import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Mover;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.Word;
import dev.kstack.spec.Property;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What operations do to a state that is an array of numbers, and what is wrong with it: all that is
 * not the code of processes. Keeps nothing from one call to the next but that array, which is
 * handed over with each: first the words, then the processes at rest (a bit each), then two numbers
 * a process, what it waits for and what that must become.
 *
 * <p>One operation at a time.
 */
public final class FlatSystem {
  /** Returned by {@link #operate}: the process waits. */
  public static final int WAITS = Wish.WAITS;

  /** Of a step: it has done what others may notice. */
  static final int NOTICED = 1;

  /** Of a step: it has taken a lock. */
  static final int LOCKED = 2;

  /** Others must be able to come in before the operation: it begins a step. */
  static final int BEGINS = 4;

  private final Program program;
  private final FlatMemory memory;
  private final Word[] words;
  private final int processes;
  private final long until;
  private final long dataRace;
  private final long deadlock;
  private final Wait[] waits;

  private int[] state = {};

  /**
   * Of a program.
   *
   * @param until the claims of which the first that is raised ends the run; they must be among
   *     those of the program
   */
  public FlatSystem(Program program, long until) {
    this.program = program;
    this.until = until;
    memory = new FlatMemory(program.layout());
    words = program.layout().words().toArray(new Word[0]);
    processes = program.processes().size();
    dataRace = program.layout().dataRace();
    Property property = program.deadlock();
    deadlock = property == null ? 0 : program.layout().claim(property) & until;
    memory.observedBy(program.observer(memory));
    waits = new Wait[processes];
    for (int p = 0; p < processes; p++) {
      waits[p] = new Wait(p);
    }
  }

  /** The length of the array. */
  static int length(Program program) {
    return program.layout().words().size() + 1 + 2 * program.processes().size();
  }

  private int resting() {
    return words.length;
  }

  private int awaited(int process) {
    return words.length + 1 + 2 * process;
  }

  /** This is the state from now on. */
  public void bind(int[] array) {
    state = array;
    memory.bind(array);
  }

  /** Makes it the initial one. */
  public void init() {
    java.util.Arrays.fill(state, 0);
    program.init(memory);
    state[resting()] = (1 << processes) - 1;
    settle();
  }

  /**
   * Can the operation come in one step with those before it? A step takes locks and does what
   * nobody else notices, then one thing that somebody may notice, and then gives locks back and
   * does again what nobody notices (Lipton, Reduction, 1975). A second lock begins a step of its
   * own, so that who waits for locks in a circle is seen waiting.
   *
   * @param so what the step has done so far: {@link #NOTICED}, {@link #LOCKED}
   * @return the same after the operation; or {@link #BEGINS}, and nothing has changed but that it
   *     is known what the process waits for
   */
  public int place(int process, int operation, int number, int value, int so) {
    Word word = words[number];
    int kind = FlatOperation.kind(operation);
    if (kind == FlatOperation.LOCK && !word.tried()) {
      return so != 0 ? begins(process, kind, number, value) : LOCKED;
    }
    Mover mover = mover(process, kind, word);
    if (mover == Mover.NONE && (so & NOTICED) != 0) {
      return begins(process, kind, number, value);
    }
    return mover == Mover.BOTH ? so : so | NOTICED;
  }

  private int begins(int process, int kind, int number, int value) {
    await(process, kind, number, value);
    return BEGINS;
  }

  private void await(int process, int kind, int number, int value) {
    if (kind == FlatOperation.LOCK) {
      state[awaited(process)] = -(number + 1);
    } else if (kind == FlatOperation.WAIT) {
      state[awaited(process)] = number + 1;
      state[awaited(process) + 1] = value;
    }
  }

  /** How the operation commutes with what others do, as the words are now. */
  private Mover mover(int process, int kind, Word word) {
    if (kind == FlatOperation.UNLOCK) {
      return word.tried()
          ? Mover.NONE
          : Mover.LEFT; // a trylock before it fails, one after does not
    }
    if (word.owner() >= 0 || word.guard() != null) {
      return Mover.BOTH;
    }
    Exclusive exclusive = word.exclusive();
    return exclusive == null || kind == FlatOperation.WAIT || exclusive.owner(memory) != process
        ? Mover.NONE
        : exclusive.mover(memory, kind != FlatOperation.READ);
  }

  /** {@link #place} for an instruction, whichever way it happens. */
  public int place(int process, Instruction what, int a, int b, int c, int so) {
    int set = what.variants(memory, process, a, b, c);
    Mover all = set == 0 ? Mover.NONE : Mover.BOTH;
    for (int rest = set; rest != 0; rest &= rest - 1) {
      Mover one = what.mover(memory, process, Integer.numberOfTrailingZeros(rest), a, b, c);
      all = one.compareTo(all) < 0 ? one : all;
    }
    if (all == Mover.NONE && (so & NOTICED) != 0) {
      return BEGINS;
    }
    return all == Mover.BOTH ? so : so | NOTICED;
  }

  /** Is it a plain access to a word that others may touch now? */
  boolean races(int process, int operation, int number) {
    if (!FlatOperation.plain(operation)) {
      return false;
    }
    Word word = words[number];
    Exclusive exclusive = word.exclusive();
    return word.owner() < 0
        && word.guard() == null
        && (exclusive == null || exclusive.owner(memory) != process);
  }

  /** Does it, and returns the result; or {@link #WAITS}, and nothing has changed. */
  public int operate(int process, int operation, int number, int a, int b) {
    Word word = words[number];
    int before = state[number];
    int kind = FlatOperation.kind(operation);
    if (kind == FlatOperation.LOCK && before != 0 || kind == FlatOperation.WAIT && before != a) {
      return WAITS;
    }
    if (races(process, operation, number)) {
      memory.raise(dataRace);
    }
    int result = 0;
    switch (kind) {
      case FlatOperation.READ -> result = before;
      case FlatOperation.WRITE -> memory.set(process, word, a);
      case FlatOperation.CMPXCHG -> {
        result = before == a ? 1 : 0;
        memory.set(process, word, before == a ? b : before);
      }
      case FlatOperation.XCHG -> {
        result = before;
        memory.set(process, word, a);
      }
      case FlatOperation.LOCK -> memory.set(process, word, process + 1);
      case FlatOperation.TRYLOCK -> {
        result = before == 0 ? 1 : 0;
        memory.set(process, word, before == 0 ? process + 1 : before);
      }
      case FlatOperation.UNLOCK -> {
        if (before != process + 1) {
          throw new ModelError("it releases %s, which it does not hold".formatted(word));
        }
        memory.set(process, word, 0);
      }
      default -> {}
    }
    done(process);
    return result;
  }

  private void done(int process) {
    memory.endOperation();
    state[resting()] &= ~(1 << process);
    state[awaited(process)] = 0;
    state[awaited(process) + 1] = 0;
  }

  /** The ways in which an instruction can happen now, a bit each. */
  public int variants(int process, Instruction what, int a, int b, int c) {
    return what.variants(memory, process, a, b, c);
  }

  /** Does it in one of them; {@link Instruction#BLOCKED} if that is not possible. */
  public int execute(int process, Instruction what, int variant, int a, int b, int c) {
    int result = what.execute(memory, process, variant, a, b, c);
    if (result != Instruction.BLOCKED) {
      done(process);
    }
    return result;
  }

  /** Has the word the value? */
  public boolean holds(int number, int value) {
    return state[number] == value;
  }

  /** What the operation before has raised, of what ends the run; null if nothing. */
  public @Nullable String raised() {
    return name(memory.raised());
  }

  /** Can no run go on after it? */
  public boolean panicked() {
    return memory.panicked();
  }

  /** After a step: the first claim that does not hold in the state; null if all do. */
  public @Nullable String broken() {
    if (memory.modified()) {
      program.check(memory);
    }
    String broken = name(memory.raised());
    program.forget(memory, state[resting()]);
    settle();
    return broken;
  }

  /** The process is between two activations: what must be true of it then and is not, or null. */
  public @Nullable String rested(int process) {
    List<Process> all = program.processes();
    all.get(process).rested(memory);
    state[resting()] |= 1 << process;
    return name(memory.raised());
  }

  /** The process cannot go on: the claim that is broken if some wait for each other, or null. */
  public @Nullable String stuck(int process, int operation, int number, int value) {
    await(process, FlatOperation.kind(operation), number, value);
    Waiting[] now = new Waiting[processes];
    for (int p = 0; p < processes; p++) {
      now[p] = waits[p].isNow() ? waits[p] : null;
    }
    return Standstill.of(now, memory) == 0 ? null : name(deadlock);
  }

  /** Two ways to one state leave nothing in which they differ. */
  private void settle() {
    memory.clearRaised();
    memory.clearPremises();
    memory.setModified(false);
  }

  private @Nullable String name(long raised) {
    long ends = raised & until;
    return ends == 0
        ? null
        : program.layout().claims().get(Long.numberOfTrailingZeros(ends)).name();
  }

  private final class Wait implements Waiting {
    private final int process;

    Wait(int process) {
      this.process = process;
    }

    boolean isNow() {
      int code = state[awaited(process)];
      return code < 0
          ? state[-code - 1] != 0
          : code > 0 && state[code - 1] != state[awaited(process) + 1];
    }

    @Override
    public @Nullable Word awaits() {
      int code = state[awaited(process)];
      return code == 0 ? null : words[Math.abs(code) - 1];
    }

    @Override
    public boolean locks() {
      return state[awaited(process)] < 0;
    }
  }
}
