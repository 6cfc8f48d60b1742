package dev.kstack.model.live;

import dev.kstack.model.machine.Exclusive;
import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Mover;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The machine of one process, on the thread of that process.
 *
 * <p>Where what the environment has chosen turns out not to be possible now, the process goes back
 * to its last operation and chooses again: the activation runs from its beginning, and is handed
 * back what it observed until then.
 */
final class LiveMachine implements Machine, Wish {
  private enum Kind {
    READ,
    WRITE,
    CMPXCHG,
    XCHG,
    LOCK,
    TRYLOCK,
    UNLOCK,
    WAIT,
    EXECUTE
  }

  private static final int MAX_CONDITIONS = 4;

  /** Enough for most activations. */
  private static final int LOG = 48;

  private final int process;
  private final LiveMemory memory;
  private final Chooser chooser;
  private final Gate gate;
  private final Object bus;

  // The operation under way.
  private Kind kind = Kind.READ;
  private Order order = Order.PLAIN;
  private @Nullable Word word;
  private @Nullable Instruction instruction;
  private int a;
  private int b;
  private int c;

  // The conditions on what was chosen since the last operation.
  private final Word[] conditionWords = new Word[MAX_CONDITIONS];
  private final int[] conditionValues = new int[MAX_CONDITIONS];
  private int conditions;

  // What was chosen and observed in this activation, in order.
  private int[] log = new int[LOG];
  private int logged;
  private int replayed;
  private int known;

  /** What the process remembered when the activation began. */
  private int local;

  // The step under way: has it done what others may notice, does it take a lock, is the next
  // operation of another step?
  private boolean noticed = true;
  private boolean locked;
  private boolean beginsStep;

  // What was chosen since the last operation.
  private int[] choices = new int[8];
  private int chosen;

  LiveMachine(int process, LiveMemory memory, Chooser chooser, Gate gate, Object bus) {
    this.process = process;
    this.memory = memory;
    this.chooser = chooser;
    this.gate = gate;
    this.bus = bus;
  }

  /** One activation, until it ends. */
  void activate(Process activated) {
    while (true) {
      try {
        int next = activated.run(this, begin());
        gate.rested(process);
        rest(next);
        return;
      } catch (Abandoned e) {
        takeBackChoices();
      }
    }
  }

  private int begin() {
    replayed = 0;
    forgetChoices();
    return local;
  }

  private void rest(int next) {
    forgetLog(); // two machines at rest are the same, for who compares
    logged = 0;
    known = 0;
    replayed = 0;
    noticed = true;
    locked = false;
    local = next;
  }

  private void takeBackChoices() {
    Arrays.fill(log, known, logged, 0);
    logged = known;
  }

  private void forgetLog() {
    if (log.length > LOG) {
      log = new int[LOG];
    } else {
      Arrays.fill(log, 0, logged, 0);
    }
  }

  /** Nothing is left of them: two machines in one state are the same, for who compares. */
  private void forgetChoices() {
    Arrays.fill(choices, 0, chosen, 0);
    Arrays.fill(conditionWords, 0, conditions, null);
    Arrays.fill(conditionValues, 0, conditions, 0);
    chosen = 0;
    conditions = 0;
  }

  /** The choices since the last operation. */
  int[] choices() {
    return Arrays.copyOf(choices, chosen);
  }

  LiveMemory memory() {
    return memory;
  }

  @Override
  public boolean chosen() {
    return chosen > 0;
  }

  @Override
  public @Nullable Word awaits() {
    return kind == Kind.LOCK || kind == Kind.WAIT ? word : null;
  }

  @Override
  public boolean waits() {
    return kind == Kind.LOCK ? memory.get(word()) != 0 : memory.get(word()) != a;
  }

  @Override
  public boolean beginsStep() {
    return beginsStep;
  }

  private boolean plain() {
    return order == Order.PLAIN;
  }

  /** Is it a plain access to a word that others may touch now? */
  private boolean races() {
    Word w = word;
    return w != null && plain() && w.owner() < 0 && w.guard() == null && !isExclusive(w);
  }

  private boolean isExclusive(Word w) {
    Exclusive exclusive = w.exclusive();
    return exclusive != null && exclusive.owner(memory) == process;
  }

  /**
   * Before an operation: can it come in one step with those before it? A step takes locks and does
   * what nobody else notices, then one thing that somebody may notice, and then gives locks back
   * and does again what nobody notices (Lipton, Reduction, 1975). A second lock begins a step of
   * its own, so that who waits for locks in a circle is seen waiting.
   */
  private void place() {
    boolean takes = kind == Kind.LOCK && !word().tried();
    Mover mover = takes ? Mover.NONE : mover();
    beginsStep = chosen > 0 || (takes ? noticed || locked : mover == Mover.NONE && noticed);
    if (beginsStep) {
      noticed = false;
      locked = false;
    }
    locked |= takes;
    // Others may come in before a step, and then it may move less freely.
    noticed |= !takes && (beginsStep ? !isOwn() : mover != Mover.BOTH);
  }

  /** Is it on a word that nobody else touches, whatever the state? */
  private boolean isOwn() {
    Word w = word;
    return w != null && kind != Kind.UNLOCK && (w.owner() >= 0 || w.guard() != null);
  }

  /** How the operation commutes with what others do, as the words are now. */
  private Mover mover() {
    Instruction what = instruction;
    if (kind == Kind.EXECUTE && what != null) {
      return mover(what);
    }
    Word w = word();
    if (kind == Kind.UNLOCK) {
      return w.tried()
          ? Mover.NONE
          : Mover.LEFT; // a trylock before it fails, one after it does not
    }
    if (isOwn()) {
      return Mover.BOTH;
    }
    Exclusive exclusive = w.exclusive();
    return exclusive == null || kind == Kind.WAIT || exclusive.owner(memory) != process
        ? Mover.NONE
        : exclusive.mover(memory, kind != Kind.READ);
  }

  /** Whichever way it happens. */
  private Mover mover(Instruction what) {
    int set = what.variants(memory, process, a, b, c);
    Mover all = set == 0 ? Mover.NONE : Mover.BOTH;
    for (int rest = set; rest != 0; rest &= rest - 1) {
      Mover one = what.mover(memory, process, Integer.numberOfTrailingZeros(rest), a, b, c);
      all = one.compareTo(all) < 0 ? one : all;
    }
    return all;
  }

  @Override
  public boolean locks() {
    return kind == Kind.LOCK;
  }

  @Override
  public int attempt() {
    int before = chosen;
    int result = attempted();
    if (result == WAITS || result == IMPOSSIBLE) {
      chosen = before;
    }
    return result;
  }

  private int attempted() {
    if (gate.serial()) {
      return conditionsHold() ? operate() : IMPOSSIBLE;
    }
    boolean ownOnly = word != null && (word.guard() != null || word.owner() >= 0);
    boolean plain = order == Order.PLAIN && kind == Kind.WRITE && word != null && !word.watched();
    boolean loads = kind == Kind.READ || kind == Kind.WAIT;
    if (conditions == 0 && (ownOnly || plain || loads || kind == Kind.UNLOCK)) {
      return operate();
    }
    if (kind == Kind.LOCK || kind == Kind.TRYLOCK) {
      return lockUnderConditions();
    }
    synchronized (bus) {
      return conditionsHold() ? operate() : IMPOSSIBLE;
    }
  }

  /** Nobody changes them while it has the lock: see {@link Machine#when}. */
  private int lockUnderConditions() {
    int result = operate();
    if (conditions == 0 || result == WAITS || conditionsHold()) {
      return result;
    }
    if (kind == Kind.LOCK || result == 1) {
      memory.store(process, word(), 0, Order.RELEASE);
    }
    return IMPOSSIBLE;
  }

  private boolean conditionsHold() {
    for (int i = 0; i < conditions; i++) {
      if (memory.get(conditionWords[i]) != conditionValues[i]) {
        return false;
      }
    }
    return true;
  }

  private Word word() {
    if (word == null) {
      throw new ModelError("no word");
    }
    return word;
  }

  private int operate() {
    if (races()) {
      memory.raise(memory.layout().dataRace());
    }
    switch (kind) {
      case READ:
        return memory.load(word(), order);
      case WRITE:
        memory.store(process, word(), a, order);
        return 0;
      case CMPXCHG:
        if (memory.load(word(), Order.FULL) != a) {
          return 0;
        }
        memory.store(process, word(), b, Order.FULL);
        return 1;
      case XCHG:
        int before = memory.load(word(), Order.FULL);
        memory.store(process, word(), a, Order.FULL);
        return before;
      case LOCK:
        return memory.acquire(process, word()) ? 0 : WAITS;
      case TRYLOCK:
        return memory.acquire(process, word()) ? 1 : 0;
      case UNLOCK:
        if (memory.get(word()) != process + 1) {
          throw new ModelError("it releases %s, which it does not hold".formatted(word));
        }
        memory.store(process, word(), 0, Order.RELEASE);
        return 0;
      case WAIT:
        return memory.load(word(), Order.ACQUIRE) == a ? 0 : WAITS;
      case EXECUTE:
        return executed();
    }
    throw new ModelError("unknown operation " + kind);
  }

  private int executed() {
    Instruction what = instruction;
    if (what == null) {
      throw new ModelError("no instruction");
    }
    int set = what.variants(memory, process, a, b, c);
    if (set == 0) {
      return IMPOSSIBLE;
    }
    int variant = chooser.choose("variant", bits(set, 0));
    int result = what.execute(memory, process, variant, a, b, c);
    if (result == Instruction.BLOCKED) {
      return IMPOSSIBLE;
    }
    note(variant);
    return result;
  }

  /**
   * The one place where an operation begins and ends. What it does beside passing the gate concerns
   * nobody else, and stands in methods of their own: whoever explores threads can pass over them.
   */
  private int perform(Kind k, Order o, @Nullable Word w, int x, int y, int z) {
    return wants(k, o, w, x, y, z) ? observed(gate.perform(process, this)) : replay();
  }

  private int replay() {
    forgetChoices();
    return log[replayed++];
  }

  /** Or is its result known? */
  private boolean wants(Kind k, Order o, @Nullable Word w, int x, int y, int z) {
    if (replayed < known) {
      return false;
    }
    want(k, o, w, x, y, z);
    if (gate.serial()) {
      place();
    }
    return true;
  }

  private void want(Kind k, Order o, @Nullable Word w, int x, int y, int z) {
    kind = k;
    order = o;
    word = w;
    a = x;
    b = y;
    c = z;
  }

  private int observed(int result) {
    append(result);
    known = logged;
    forgetChoices();
    want(Kind.READ, Order.PLAIN, null, 0, 0, 0);
    instruction = null;
    return result;
  }

  private void append(int entry) {
    if (logged == log.length) {
      log = Arrays.copyOf(log, 2 * logged);
    }
    log[logged++] = entry;
    replayed = logged;
  }

  private void note(int choice) {
    if (chosen == choices.length) {
      choices = Arrays.copyOf(choices, 2 * chosen);
    }
    choices[chosen++] = choice;
  }

  private int choose(String what, int[] values) {
    int value;
    if (replayed < known) {
      value = log[replayed++];
    } else {
      value = chooser.choose(what, values);
      append(value);
    }
    note(value);
    return value;
  }

  private static int[] bits(int set, int plus) {
    int[] bits = new int[Integer.bitCount(set)];
    int i = 0;
    for (int rest = set; rest != 0; rest &= rest - 1) {
      bits[i++] = Integer.numberOfTrailingZeros(rest) + plus;
    }
    return bits;
  }

  @Override
  public int choose(String what, int from, int to) {
    int[] values = new int[to - from + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = from + i;
    }
    return values.length == 0 ? nothingToChoose() : choose(what, values);
  }

  @Override
  public int chooseOne(String what, WordType setType, int set) {
    return set == 0
        ? nothingToChoose()
        : choose(what, bits(set, setType == WordType.TASKS ? 1 : 0));
  }

  /** No way on from here: the process must have come another way. */
  private int nothingToChoose() {
    if (chosen > 0) {
      throw Abandoned.INSTANCE;
    }
    throw new ModelError("there is nothing to choose");
  }

  @Override
  public void when(Word condition, int value) {
    if (replayed < known) {
      return; // it held
    }
    if (conditions == MAX_CONDITIONS) {
      throw new ModelError("more than %d conditions on a choice".formatted(MAX_CONDITIONS));
    }
    conditionWords[conditions] = condition;
    conditionValues[conditions++] = value;
  }

  private void prepare(Instruction what) {
    instruction = what;
  }

  @Override
  public int execute(Instruction what, int x, int y, int z) {
    prepare(what);
    return perform(Kind.EXECUTE, Order.FULL, null, x, y, z);
  }

  @Override
  public int call(WordType result, IntSupplier body) {
    return body.getAsInt();
  }

  @Override
  public int readOnce(Word w) {
    return perform(Kind.READ, Order.ONCE, w, 0, 0, 0);
  }

  @Override
  public void writeOnce(Word w, int value) {
    perform(Kind.WRITE, Order.ONCE, w, value, 0, 0);
  }

  @Override
  public int loadAcquire(Word w) {
    return perform(Kind.READ, Order.ACQUIRE, w, 0, 0, 0);
  }

  @Override
  public void storeRelease(Word w, int value) {
    perform(Kind.WRITE, Order.RELEASE, w, value, 0, 0);
  }

  @Override
  public int read(Word w) {
    return perform(Kind.READ, Order.PLAIN, w, 0, 0, 0);
  }

  @Override
  public void write(Word w, int value) {
    perform(Kind.WRITE, Order.PLAIN, w, value, 0, 0);
  }

  @Override
  public boolean cmpxchg(Word w, int expected, int value) {
    return perform(Kind.CMPXCHG, Order.FULL, w, expected, value, 0) == 1;
  }

  @Override
  public int xchg(Word w, int value) {
    return perform(Kind.XCHG, Order.FULL, w, value, 0, 0);
  }

  @Override
  public void lock(Lock lock) {
    perform(Kind.LOCK, Order.ACQUIRE, lock.holder(), 0, 0, 0);
  }

  @Override
  public boolean trylock(Lock lock) {
    return perform(Kind.TRYLOCK, Order.ACQUIRE, lock.holder(), 0, 0, 0) == 1;
  }

  @Override
  public void unlock(Lock lock) {
    perform(Kind.UNLOCK, Order.RELEASE, lock.holder(), 0, 0, 0);
  }

  @Override
  public void waitUntil(Word w, int value) {
    perform(Kind.WAIT, Order.ACQUIRE, w, value, 0, 0);
  }
}
