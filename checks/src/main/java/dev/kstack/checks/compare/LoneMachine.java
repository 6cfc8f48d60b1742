package dev.kstack.checks.compare;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.function.IntSupplier;

/**
 * Runs one activation from beginning to end while nobody else is in the middle of anything, and
 * counts its operations. Choices follow a script; where it ends, the first one is taken.
 */
final class LoneMachine implements Machine {
  /** The activation cannot go on alone, or the environment does not offer it here. */
  static final class Blocked extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Blocked INSTANCE = new Blocked();

    private Blocked() {
      super("blocked", null, false, false);
    }
  }

  /** Whom a wait is for: all others do what they can at once, such as to answer an interrupt. */
  interface Others {
    void answer();
  }

  private final Memory memory;
  private final int process;
  private final IntArrayList script;
  private final Others others;
  private final IntArrayList made = new IntArrayList();
  private final IntArrayList alternatives = new IntArrayList();
  private int operations;
  private int locked;

  /**
   * A machine for one activation.
   *
   * @param script which of the possible values each choice takes, from 0
   */
  LoneMachine(Memory memory, int process, IntArrayList script, Others others) {
    this.memory = memory;
    this.process = process;
    this.script = script;
    this.others = others;
  }

  /** Loads, stores, locks and unlocks, waits, touches of a stack: all but choices. */
  int operations() {
    return operations;
  }

  /** Those of them that lock the bus: cmpxchg, xchg, taking a spinlock. */
  int locked() {
    return locked;
  }

  /**
   * The script of the next activation from the same state, in which the last choice that has
   * another value left takes it; null if none has.
   */
  @org.jspecify.annotations.Nullable
  IntArrayList nextScript() {
    for (int i = made.size() - 1; i >= 0; i--) {
      if (made.getInt(i) + 1 < alternatives.getInt(i)) {
        IntArrayList next = new IntArrayList(made.subList(0, i + 1));
        next.set(i, made.getInt(i) + 1);
        return next;
      }
    }
    return null;
  }

  private int choice(int count) {
    if (count == 0) {
      throw Blocked.INSTANCE;
    }
    int i = made.size();
    int choice = i < script.size() ? script.getInt(i) : 0;
    made.add(choice);
    alternatives.add(count);
    return choice;
  }

  private void did() {
    operations++;
    memory.endOperation();
    if (memory.panicked()) {
      throw Blocked.INSTANCE;
    }
  }

  private int load(Word word) {
    int value = memory.get(word);
    did();
    return value;
  }

  private void store(Word word, int value) {
    memory.set(process, word, value);
    did();
  }

  @Override
  public int readOnce(Word word) {
    return load(word);
  }

  @Override
  public void writeOnce(Word word, int value) {
    store(word, value);
  }

  @Override
  public int loadAcquire(Word word) {
    return load(word);
  }

  @Override
  public void storeRelease(Word word, int value) {
    store(word, value);
  }

  @Override
  public int read(Word word) {
    return load(word);
  }

  @Override
  public void write(Word word, int value) {
    store(word, value);
  }

  @Override
  public boolean cmpxchg(Word word, int expected, int value) {
    boolean ok = memory.get(word) == expected;
    if (ok) {
      memory.set(process, word, value);
    }
    locked++;
    did();
    return ok;
  }

  @Override
  public int xchg(Word word, int value) {
    int before = memory.get(word);
    memory.set(process, word, value);
    locked++;
    did();
    return before;
  }

  @Override
  public void lock(Lock lock) {
    if (!trylock(lock)) {
      throw Blocked.INSTANCE;
    }
  }

  @Override
  public boolean trylock(Lock lock) {
    boolean ok = memory.get(lock.holder()) == 0;
    if (ok) {
      memory.set(process, lock.holder(), process + 1);
    }
    locked++;
    did();
    return ok;
  }

  @Override
  public void unlock(Lock lock) {
    store(lock.holder(), 0);
  }

  @Override
  public void waitUntil(Word word, int value) {
    if (memory.get(word) != value) {
      others.answer();
    }
    if (load(word) != value) {
      throw Blocked.INSTANCE;
    }
  }

  @Override
  public void when(Word word, int value) {
    if (memory.get(word) != value) {
      throw Blocked.INSTANCE;
    }
  }

  @Override
  public int choose(String what, int from, int to) {
    return from + choice(to - from + 1);
  }

  /** Frames are interchangeable: which is taken makes no difference to any count. */
  @Override
  public int chooseOne(String what, WordType setType, int set) {
    boolean tasks = setType == WordType.TASKS;
    int skip = tasks ? choice(Integer.bitCount(set)) : choice(Math.min(1, Integer.bitCount(set)));
    int left = set;
    for (int i = 0; i < skip; i++) {
      left &= left - 1;
    }
    return Integer.numberOfTrailingZeros(left) + (tasks ? 1 : 0);
  }

  @Override
  public int execute(Instruction instruction, int a, int b, int c) {
    int variants = instruction.variants(memory, process, a, b, c);
    int skip = choice(Integer.bitCount(variants));
    for (int i = 0; i < skip; i++) {
      variants &= variants - 1;
    }
    int variant = Integer.numberOfTrailingZeros(variants);
    int result = instruction.execute(memory, process, variant, a, b, c);
    if (result == Instruction.BLOCKED) {
      throw Blocked.INSTANCE;
    }
    did();
    return result;
  }

  @Override
  public int call(WordType result, IntSupplier body) {
    return body.getAsInt();
  }
}
