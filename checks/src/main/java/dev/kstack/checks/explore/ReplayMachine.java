package dev.kstack.checks.explore;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Arrays;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs one activation of a process by handing back what its operations returned before, until it
 * wants an operation that has no result yet; there the process is left by an exception.
 */
final class ReplayMachine implements Machine {
  /** Thrown through the model's code, so never caught there. */
  private static final class Suspension extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final Suspension INSTANCE = new Suspension();

    private Suspension() {
      super("the explorer suspends the process", null, false, false);
    }
  }

  private final Layout layout;
  private final Process process;
  private final Known known;
  private long[] input = new long[0];
  private int inputLength;
  private int at;
  private long[] output = new long[16];
  private int outputLength;
  private boolean suspended;
  private @Nullable Op pending;

  /** Is there a node for what was observed? Then nobody asks where its operation stands. */
  @FunctionalInterface
  interface Known {
    boolean test(long[] observed, int length);
  }

  ReplayMachine(Layout layout, Process process, Known known) {
    this.known = known;
    this.layout = layout;
    this.process = process;
  }

  /** The operation that the process wants next; null if its activation has ended. */
  @Nullable Op pending() {
    return pending;
  }

  /** What the process has observed so far in this activation: see {@link History}. */
  long[] history() {
    return Arrays.copyOf(output, outputLength);
  }

  /**
   * Runs an activation as far as the observations go.
   *
   * @return what the activation returned, if it has ended
   * @throws ModelError if the process breaks the rules of {@link Process}
   */
  int replay(int local, long[] observations, int length) {
    input = observations;
    inputLength = length;
    at = 0;
    outputLength = 0;
    suspended = false;
    pending = null;
    try {
      int next = process.run(this, local);
      if (suspended) {
        throw new ModelError(
            "%s caught the explorer's suspension: no try or catch around machine operations"
                .formatted(process.name()));
      }
      if (at < inputLength) {
        throw notDeterministic("its activation ended before " + (inputLength - at) + " of them");
      }
      return next;
    } catch (Suspension expected) {
      return 0;
    }
  }

  private ModelError notDeterministic(String how) {
    return new ModelError(
        "%s is not deterministic: replayed with the same observations, %s"
            .formatted(process.name(), how));
  }

  private int perform(
      Op.Kind kind,
      String name,
      @Nullable Word word,
      @Nullable Instruction instruction,
      int a,
      int b,
      int c,
      WordType result,
      String what) {
    if (suspended) {
      throw new ModelError(
          "%s caught the explorer's suspension and went on to %s: no try, catch or finally around"
                  .formatted(process.name(), name)
              + " machine operations");
    }
    if (word != null && word.layout() != layout) {
      throw new ModelError(
          "%s uses %s, a word of another layout".formatted(process.name(), word.name()));
    }
    if (at < inputLength) {
      if (History.isMark(input[at])) {
        throw notDeterministic("it wants " + name + " where it entered a call before");
      }
      int value = History.value(input[at++]);
      append(History.entry(result, value));
      return value;
    }
    // Looking at the stack is slow, and most edges lead to nodes that are known.
    Site site = known.test(output, outputLength) ? Site.UNKNOWN : Site.ofCaller(process.getClass());
    pending = new Op(kind, name, word, instruction, a, b, c, result, what, site);
    suspended = true;
    throw Suspension.INSTANCE;
  }

  private void append(long entry) {
    if (outputLength == output.length) {
      output = Arrays.copyOf(output, 2 * outputLength);
    }
    output[outputLength++] = entry;
  }

  @Override
  public int call(WordType result, IntSupplier body) {
    if (at < inputLength && !History.isMark(input[at])) {
      int value = History.value(input[at]);
      append(History.entry(result, value));
      at++;
      return value;
    }
    if (at < inputLength) {
      at++;
    }
    int mark = outputLength;
    append(History.MARK);
    int value = body.getAsInt();
    outputLength = mark;
    append(History.entry(result, value));
    return value;
  }

  /** After a failed attempt the history is that before the first. */
  @Override
  public int retry(WordType result, IntSupplier attempt) {
    int before = outputLength;
    int value = call(result, attempt);
    while (value == 0) {
      outputLength = before;
      value = call(result, attempt);
    }
    return value;
  }

  @Override
  public int readOnce(Word word) {
    return perform(Op.Kind.READ, "READ_ONCE", word, null, 0, 0, 0, word.type(), "");
  }

  @Override
  public void writeOnce(Word word, int value) {
    perform(Op.Kind.WRITE, "WRITE_ONCE", word, null, value, 0, 0, WordType.NONE, "");
  }

  @Override
  public int loadAcquire(Word word) {
    return perform(Op.Kind.READ, "smp_load_acquire", word, null, 0, 0, 0, word.type(), "");
  }

  @Override
  public void storeRelease(Word word, int value) {
    perform(Op.Kind.WRITE, "smp_store_release", word, null, value, 0, 0, WordType.NONE, "");
  }

  @Override
  public int read(Word word) {
    return perform(Op.Kind.READ, "read", word, null, 0, 0, 0, word.type(), "");
  }

  @Override
  public void write(Word word, int value) {
    perform(Op.Kind.WRITE, "write", word, null, value, 0, 0, WordType.NONE, "");
  }

  @Override
  public boolean cmpxchg(Word word, int expected, int value) {
    return perform(Op.Kind.CMPXCHG, "cmpxchg", word, null, expected, value, 0, WordType.BOOLEAN, "")
        == 1;
  }

  @Override
  public int xchg(Word word, int value) {
    return perform(Op.Kind.XCHG, "xchg", word, null, value, 0, 0, word.type(), "");
  }

  @Override
  public void lock(Lock lock) {
    perform(Op.Kind.LOCK, "spin_lock", lock.holder(), null, 0, 0, 0, WordType.NONE, "");
  }

  @Override
  public boolean trylock(Lock lock) {
    if (!lock.holder().tried()) {
      throw new ModelError(
          "%s tries %s, which is not declared as one that may be tried"
              .formatted(process.name(), lock));
    }
    return perform(
            Op.Kind.TRYLOCK, "spin_trylock", lock.holder(), null, 0, 0, 0, WordType.BOOLEAN, "")
        == 1;
  }

  @Override
  public void unlock(Lock lock) {
    perform(Op.Kind.UNLOCK, "spin_unlock", lock.holder(), null, 0, 0, 0, WordType.NONE, "");
  }

  @Override
  public void waitUntil(Word word, int value) {
    perform(Op.Kind.WAIT, "smp_cond_load_acquire", word, null, value, 0, 0, WordType.NONE, "");
  }

  @Override
  public void when(Word word, int value) {
    perform(Op.Kind.WHEN, "when", word, null, value, 0, 0, WordType.NONE, "");
  }

  @Override
  public int choose(String what, int from, int to) {
    return perform(Op.Kind.CHOOSE, "choose", null, null, from, to, 0, WordType.NUMBER, what);
  }

  @Override
  public int chooseOne(String what, WordType setType, int set) {
    WordType element =
        switch (setType) {
          case TASKS -> WordType.TASK;
          case FRAMES -> WordType.FRAME;
          case NONE, NUMBER, BOOLEAN, TASK, FRAME, PTE ->
              throw new ModelError(
                  "%s chooses one of a %s, which is not a set".formatted(process.name(), setType));
        };
    return perform(Op.Kind.CHOOSE_ONE, "choose", null, null, set, 0, 0, element, what);
  }

  @Override
  public int execute(Instruction instruction, int a, int b, int c) {
    return perform(
        Op.Kind.EXECUTE, "execute", null, instruction, a, b, c, instruction.result(), "");
  }
}
