package dev.kstack.model.live;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.function.IntSupplier;

/**
 * The machine of one process, for a checker of Java programs that compares states: where others may
 * come in, it remembers nothing, and nothing is allocated. There is no log of what was observed: a
 * run in which what was chosen turns out not to be possible is none, and the checker tries another.
 */
final class FlatMachine implements Machine {
  private static final int MAX_CONDITIONS = 4;

  private final int process;
  private final Bus bus;
  private final Turn turn;

  /** What the step has done so far. */
  private int so;

  /** What was chosen since the operation before. */
  private long choices;

  // Conditions on that.
  private final int[] conditionWords = new int[MAX_CONDITIONS];
  private final int[] conditionValues = new int[MAX_CONDITIONS];
  private int conditions;

  FlatMachine(int process, Bus bus, Turn turn) {
    this.process = process;
    this.bus = bus;
    this.turn = turn;
    choices = StepCode.none(process);
  }

  /** One activation; others may come in before it. */
  int activate(Process activated, int local) {
    handOver();
    int next = activated.run(this, local);
    if (chosen()) {
      performed();
    }
    bus.rested(process);
    return next;
  }

  private boolean chosen() {
    return StepCode.count(choices) > 0;
  }

  private void handOver() {
    bus.endStep();
    turn.handOver();
    so = 0;
  }

  private void await() {
    bus.endStep();
    turn.waits();
    so = 0;
  }

  private void performed() {
    turn.done(process, choices);
    choices = StepCode.none(process);
    conditions = 0;
  }

  /** Others may come in, and find the process about to do it, where it is possible in any case. */
  private void announce(int operation, int number) {
    bus.endStep();
    if (conditions == 0) {
      turn.announce(process, operation, number, choices);
    } else {
      turn.handOver();
    }
    so = 0;
    for (int i = 0; i < conditions; i++) {
      if (!bus.holds(conditionWords[i], conditionValues[i])) {
        turn.impossible();
      }
    }
  }

  private int perform(int operation, Word word, int a, int b) {
    int number = word.number();
    if (turn.announces(number)) {
      announce(operation, number);
    }
    int placed = bus.place(process, operation, number, a, so);
    if (placed == FlatSystem.BEGINS) {
      handOver();
      placed = bus.place(process, operation, number, a, 0);
    }
    if (turn.looksForRaces() && bus.races(process, operation, number)) {
      turn.require(number);
    }
    int result = bus.operate(process, operation, number, a, b);
    while (result == FlatSystem.WAITS) {
      if (chosen()) {
        turn.impossible();
      }
      bus.stuck(process, operation, number, a);
      await();
      placed = bus.place(process, operation, number, a, 0);
      result = bus.operate(process, operation, number, a, b);
    }
    so = placed;
    performed();
    if (!bus.look()) {
      turn.impossible();
    }
    return result;
  }

  @Override
  public int execute(Instruction what, int a, int b, int c) {
    int placed = bus.place(process, what, a, b, c, so);
    if (placed == FlatSystem.BEGINS) {
      handOver();
      placed = bus.place(process, what, a, b, c, 0);
    }
    while (true) {
      int set = bus.variants(process, what, a, b, c);
      if (set != 0) {
        int variant = one(set, 0);
        int result = bus.execute(process, what, variant, a, b, c);
        if (result != Instruction.BLOCKED) {
          so = placed;
          performed();
          if (!bus.look()) {
            turn.impossible();
          }
          return result;
        }
      }
      if (chosen()) {
        turn.impossible();
      }
      await();
      placed = bus.place(process, what, a, b, c, 0);
    }
  }

  @Override
  public int choose(String what, int from, int to) {
    if (to < from) {
      return nothingToChoose();
    }
    beforeChoice();
    int value = from == to ? from : from + turn.choose(to - from + 1);
    choices = StepCode.and(choices, value);
    return value;
  }

  @Override
  public int chooseOne(String what, WordType setType, int set) {
    if (set == 0) {
      return nothingToChoose();
    }
    beforeChoice();
    return one(set, setType == WordType.TASKS ? 1 : 0);
  }

  private int one(int set, int plus) {
    int skip = (set & set - 1) == 0 ? 0 : turn.choose(Integer.bitCount(set));
    int rest = set;
    for (int i = 0; i < skip; i++) {
      rest &= rest - 1;
    }
    int value = Integer.numberOfTrailingZeros(rest) + plus;
    choices = StepCode.and(choices, value);
    return value;
  }

  /** A choice belongs to the operation after it: whoever may come in comes before it. */
  private void beforeChoice() {
    if (so != 0 && !chosen()) {
      handOver();
    }
  }

  private int nothingToChoose() {
    if (!chosen()) {
      throw new ModelError("there is nothing to choose");
    }
    turn.impossible();
    return 0;
  }

  @Override
  public void when(Word condition, int value) {
    if (turn.looksForRaces()) {
      conditionWords[conditions] = condition.number();
      conditionValues[conditions++] = value;
    }
    if (!bus.holds(condition.number(), value)) {
      turn.impossible();
    }
  }

  @Override
  public int call(WordType result, IntSupplier body) {
    return body.getAsInt();
  }

  @Override
  public void call(Runnable body) {
    body.run();
  }

  @Override
  public int readOnce(Word word) {
    return perform(FlatOperation.READ, word, 0, 0);
  }

  @Override
  public void writeOnce(Word word, int value) {
    perform(FlatOperation.WRITE, word, value, 0);
  }

  @Override
  public int loadAcquire(Word word) {
    return perform(FlatOperation.READ, word, 0, 0);
  }

  @Override
  public void storeRelease(Word word, int value) {
    perform(FlatOperation.WRITE, word, value, 0);
  }

  @Override
  public int read(Word word) {
    return perform(FlatOperation.READ | FlatOperation.PLAIN, word, 0, 0);
  }

  @Override
  public void write(Word word, int value) {
    perform(FlatOperation.WRITE | FlatOperation.PLAIN, word, value, 0);
  }

  @Override
  public boolean cmpxchg(Word word, int expected, int value) {
    return perform(FlatOperation.CMPXCHG, word, expected, value) == 1;
  }

  @Override
  public int xchg(Word word, int value) {
    return perform(FlatOperation.XCHG, word, value, 0);
  }

  @Override
  public void lock(Lock lock) {
    perform(FlatOperation.LOCK, lock.holder(), 0, 0);
  }

  @Override
  public boolean trylock(Lock lock) {
    return perform(FlatOperation.TRYLOCK, lock.holder(), 0, 0) == 1;
  }

  @Override
  public void unlock(Lock lock) {
    perform(FlatOperation.UNLOCK, lock.holder(), 0, 0);
  }

  @Override
  public void waitUntil(Word word, int value) {
    perform(FlatOperation.WAIT, word, value, 0);
  }
}
