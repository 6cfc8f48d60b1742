package dev.kstack.checks.mutate;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.mutate.Operation.Kind;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * A machine that passes every operation on to another one, but for those that a mutation changes.
 * Model code does everything through its machine, so any mistake in it that is one of operations
 * can be made here, and neither the code nor a second model is changed.
 */
final class MutatingMachine implements Machine {
  private final Machine machine;
  private final Kernel kernel;
  private final ImmutableList<Rewrite> rewrites;
  private final Set<Rewrite> applied;

  /**
   * Around another machine.
   *
   * @param applied is told which of the rewrites have changed something
   */
  MutatingMachine(
      Machine machine, Kernel kernel, ImmutableList<Rewrite> rewrites, Set<Rewrite> applied) {
    this.machine = machine;
    this.kernel = kernel;
    this.rewrites = rewrites;
    this.applied = applied;
  }

  private int perform(Operation wanted) {
    Operation operation = wanted;
    for (Rewrite rewrite : rewrites) {
      if (rewrite.place().has(wanted)) {
        operation = rewrite.edit().of(operation, kernel);
        if (!operation.equals(wanted)) {
          applied.add(rewrite);
        }
      }
    }
    return operation.on(machine);
  }

  @Override
  public int readOnce(Word word) {
    return perform(new Operation(Kind.READ, word, 0, 0, (m, a, b) -> m.readOnce(word)));
  }

  @Override
  public void writeOnce(Word word, int value) {
    perform(
        new Operation(
            Kind.WRITE,
            word,
            value,
            0,
            (m, a, b) -> {
              m.writeOnce(word, a);
              return 0;
            }));
  }

  @Override
  public int loadAcquire(Word word) {
    return perform(new Operation(Kind.READ, word, 0, 0, (m, a, b) -> m.loadAcquire(word)));
  }

  @Override
  public void storeRelease(Word word, int value) {
    perform(
        new Operation(
            Kind.WRITE,
            word,
            value,
            0,
            (m, a, b) -> {
              m.storeRelease(word, a);
              return 0;
            }));
  }

  @Override
  public int read(Word word) {
    return perform(new Operation(Kind.READ, word, 0, 0, (m, a, b) -> m.read(word)));
  }

  @Override
  public void write(Word word, int value) {
    perform(
        new Operation(
            Kind.WRITE,
            word,
            value,
            0,
            (m, a, b) -> {
              m.write(word, a);
              return 0;
            }));
  }

  @Override
  public boolean cmpxchg(Word word, int expected, int value) {
    return perform(
            new Operation(
                Kind.CMPXCHG, word, expected, value, (m, a, b) -> m.cmpxchg(word, a, b) ? 1 : 0))
        == 1;
  }

  @Override
  public int xchg(Word word, int value) {
    return perform(new Operation(Kind.XCHG, word, value, 0, (m, a, b) -> m.xchg(word, a)));
  }

  @Override
  public void lock(Lock lock) {
    perform(
        new Operation(
            Kind.LOCK,
            lock.holder(),
            0,
            0,
            (m, a, b) -> {
              m.lock(lock);
              return 0;
            }));
  }

  @Override
  public boolean trylock(Lock lock) {
    return perform(
            new Operation(Kind.TRYLOCK, lock.holder(), 0, 0, (m, a, b) -> m.trylock(lock) ? 1 : 0))
        == 1;
  }

  @Override
  public void unlock(Lock lock) {
    perform(
        new Operation(
            Kind.UNLOCK,
            lock.holder(),
            0,
            0,
            (m, a, b) -> {
              m.unlock(lock);
              return 0;
            }));
  }

  @Override
  public void waitUntil(Word word, int value) {
    perform(
        new Operation(
            Kind.WAIT,
            word,
            value,
            0,
            (m, a, b) -> {
              m.waitUntil(word, a);
              return 0;
            }));
  }

  @Override
  public void when(Word word, int value) {
    perform(
        new Operation(
            Kind.WHEN,
            word,
            value,
            0,
            (m, a, b) -> {
              m.when(word, a);
              return 0;
            }));
  }

  @Override
  public int choose(String what, int from, int to) {
    return perform(new Operation(Kind.CHOOSE, null, from, to, (m, a, b) -> m.choose(what, a, b)));
  }

  @Override
  public int chooseOne(String what, WordType setType, int set) {
    return perform(
        new Operation(Kind.CHOOSE, null, set, 0, (m, a, b) -> m.chooseOne(what, setType, a)));
  }

  @Override
  public int execute(Instruction instruction, int a, int b, int c) {
    return perform(
        new Operation(Kind.EXECUTE, null, a, b, (m, x, y) -> m.execute(instruction, x, y, c)));
  }

  @Override
  public int retry(WordType result, IntSupplier attempt) {
    return machine.retry(result, attempt);
  }

  @Override
  public int call(WordType result, IntSupplier body) {
    return machine.call(result, body);
  }
}
