package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A deadlock is found although somebody else can go on for ever, and nothing else is called one.
 */
class WaitsTest {
  private static final List<Reductions> BOTH = List.of(Reductions.NONE, Reductions.ALL);

  private final TinyProgram program = new TinyProgram();

  /** Somebody who can always take a step. */
  private void addBystander() {
    Word clock = program.layout.word("clock", WordType.NUMBER, 1);
    program.process("bystander", m -> m.xchg(clock, 1 - m.readOnce(clock)));
  }

  private void assertNoDeadlock() {
    for (Reductions reductions : BOTH) {
      SearchResult result = program.search(Settings.DEFAULT.withReductions(reductions));
      assertEquals(ImmutableSet.of(), result.found().keySet(), reductions.toString());
    }
  }

  /** Found under all reductions and none, and replayed: in the end these wait. */
  private void assertDeadlockOf(String... processes) {
    for (Reductions reductions : BOTH) {
      SearchResult result = program.search(Settings.DEFAULT.withReductions(reductions));
      assertEquals(
          ImmutableSet.of(TinyProgram.DEADLOCK), result.found().keySet(), reductions.toString());
      Run run = Run.of(program, reductions, result.found().get(TinyProgram.DEADLOCK));
      assertEquals(ImmutableList.of(TinyProgram.DEADLOCK), run.raised(), reductions.toString());
      assertEquals(
          ImmutableSet.copyOf(processes),
          run.waiting().stream().map(Run.Waiting::process).collect(Collectors.toSet()),
          reductions.toString());
    }
  }

  private static void takeBoth(Machine m, Lock outer, Lock inner) {
    m.lock(outer);
    m.lock(inner);
    m.unlock(inner);
    m.unlock(outer);
  }

  @Test
  void twoLocksInOneOrderAreNoDeadlock() {
    Lock a = program.layout.lock("a");
    Lock b = program.layout.lock("b");
    program.process("P", m -> takeBoth(m, a, b)).process("Q", m -> takeBoth(m, a, b));
    addBystander();
    assertNoDeadlock();
  }

  @Test
  void twoLocksInTwoOrdersAreADeadlock() {
    Lock a = program.layout.lock("a");
    Lock b = program.layout.lock("b");
    program.process("P", m -> takeBoth(m, a, b)).process("Q", m -> takeBoth(m, b, a));
    addBystander();
    assertDeadlockOf("P", "Q");
  }

  @Test
  void threeLocksInACircleAreADeadlock() {
    Lock a = program.layout.lock("a");
    Lock b = program.layout.lock("b");
    Lock c = program.layout.lock("c");
    program
        .process("P", m -> takeBoth(m, a, b))
        .process("Q", m -> takeBoth(m, b, c))
        .process("R", m -> takeBoth(m, c, a));
    addBystander();
    assertDeadlockOf("P", "Q", "R");
  }

  @Test
  void aCircleIsFoundBehindAChoice() {
    Lock a = program.layout.lock("a");
    Lock b = program.layout.lock("b");
    program.process("P", m -> takeBoth(m, a, b));
    program.process(
        "Q",
        m -> {
          boolean wrong = m.choose("order", 0, 1) == 1;
          takeBoth(m, wrong ? b : a, wrong ? a : b);
        });
    addBystander();
    assertDeadlockOf("P", "Q");
  }

  @Test
  void aLockTakenTwiceByOneProcessIsADeadlock() {
    Lock a = program.layout.lock("a");
    program.process("P", m -> takeBoth(m, a, a));
    addBystander();
    assertDeadlockOf("P");
  }

  @Test
  void whoWaitsForAHolderThatGoesOnIsInNoCircle() {
    Lock a = program.layout.lock("a");
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          m.lock(a);
          m.writeOnce(x, 1);
          m.writeOnce(x, 0);
          m.unlock(a);
        });
    program.process(
        "Q",
        m -> {
          m.lock(a);
          m.unlock(a);
        });
    assertNoDeadlock();
  }

  @Test
  void aTrylockInsideBreaksTheCircle() {
    Lock a = program.layout.lock("a");
    Lock b = program.layout.lock("b").mayBeTried();
    Lock c = program.layout.lock("c").mayBeTried();
    program.process("P", m -> tryInner(m, a, b)).process("Q", m -> takeBoth(m, b, a));
    program.process("R", m -> tryInner(m, a, c));
    assertNoDeadlock();
  }

  private static void tryInner(Machine m, Lock outer, Lock inner) {
    m.lock(outer);
    if (m.trylock(inner)) {
      m.unlock(inner);
    }
    m.unlock(outer);
  }

  /**
   * A CPU that takes an interrupt only between its activations, and in one of them needs a lock.
   *
   * @param sender asks it to take the interrupt, and waits until it has
   */
  private void addCpuAndSender(Lock lock, Sender sender) {
    Word pending =
        program
            .layout
            .word("pending", WordType.BOOLEAN, 1)
            .answeredBy((memory, value) -> value); // the CPU is process 0
    program.process(
        "C0",
        m -> {
          if (m.choose("event", 0, 1) == 0) {
            m.when(pending, 1);
            m.writeOnce(pending, 0);
          } else {
            m.lock(lock);
            m.unlock(lock);
          }
        });
    program.process("S", m -> sender.run(m, pending));
    addBystander();
  }

  @FunctionalInterface
  private interface Sender {
    void run(Machine m, Word pending);
  }

  @Test
  void anIpiSentWithALockHeldThatItsTargetMaySpinOnIsADeadlock() {
    Lock lock = program.layout.lock("a");
    addCpuAndSender(
        lock,
        (m, pending) -> {
          m.lock(lock);
          m.writeOnce(pending, 1);
          m.waitUntil(pending, 0);
          m.unlock(lock);
        });
    assertDeadlockOf("C0", "S");
  }

  @Test
  void anIpiSentAfterTheLockIsReleasedIsNoDeadlock() {
    Lock lock = program.layout.lock("a");
    addCpuAndSender(
        lock,
        (m, pending) -> {
          m.lock(lock);
          m.unlock(lock);
          m.writeOnce(pending, 1);
          m.waitUntil(pending, 0);
        });
    assertNoDeadlock();
  }

  @Test
  void anIpiSentWithALockHeldThatItsTargetNeverTakesIsNoDeadlock() {
    Lock lock = program.layout.lock("a");
    Lock other = program.layout.lock("b");
    addCpuAndSender(
        lock,
        (m, pending) -> {
          m.lock(other);
          m.writeOnce(pending, 1);
          m.waitUntil(pending, 0);
          m.unlock(other);
        });
    assertNoDeadlock();
  }

  @Test
  void aWaitForWhatOnlyAnotherCanChangeClosesACircle() {
    Lock a = program.layout.lock("a");
    Word busy =
        program.layout.word("busy", WordType.BOOLEAN, 1).answeredBy((memory, value) -> value << 1);
    program.process(
        "P",
        m -> {
          m.lock(a);
          m.waitUntil(busy, 0);
          m.unlock(a);
        });
    program.process(
        "Q",
        m -> {
          m.writeOnce(busy, 1);
          m.lock(a);
          m.unlock(a);
          m.writeOnce(busy, 0);
        });
    addBystander();
    assertDeadlockOf("P", "Q");
  }

  @Test
  void whoHadAChoiceIsStuckWithItBehindAHolderThatIsStuck() {
    Lock a = program.layout.lock("a");
    Word never = program.layout.word("never", WordType.BOOLEAN, 1);
    Word clock = program.layout.word("clock", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          m.lock(a);
          m.waitUntil(never, 1);
        });
    program.process(
        "Q",
        m -> {
          if (m.choose("way", 0, 1) == 0) {
            m.xchg(clock, 1 - m.readOnce(clock));
          } else {
            m.lock(a);
            m.unlock(a);
          }
        });
    assertDeadlockOf("P", "Q");
  }

  @Test
  void whereNobodyCanTakeAStepIsADeadlockWithoutACircle() {
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process("P", m -> m.waitUntil(x, 1));
    assertDeadlockOf("P");
  }

  @Test
  void whoWaitsForWhatOnlyItselfCanChangeIsStuck() {
    Word mine = program.layout.ownedBy(0, "mine", WordType.NUMBER, 1);
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          m.writeOnce(x, 1);
          m.waitUntil(mine, 1);
          m.writeOnce(x, 0);
        });
    assertDeadlockOf("P");
  }

  @Test
  void theRunTellsWhoHoldsWhatIsWaitedFor() {
    Lock a = program.layout.lock("a");
    Lock b = program.layout.lock("b");
    program.process("P", m -> takeBoth(m, a, b)).process("Q", m -> takeBoth(m, b, a));
    SearchResult result = program.search();
    Run run = Run.of(program, Reductions.ALL, result.found().get(TinyProgram.DEADLOCK));
    assertEquals(
        List.of("b, held by Q", "a, held by P"),
        run.waiting().stream().map(Run.Waiting::what).toList());
    assertTrue(
        run.waiting().stream().allMatch(w -> w.function().equals("WaitsTest.takeBoth")),
        run.waiting().toString());
  }
}
