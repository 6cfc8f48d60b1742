package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.model.machine.Exclusive;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A program that breaks the rules of the machine is told so, by name, and never explored to a
 * verdict.
 */
class ModelErrorsTest {
  /** Every error says who, and these words. */
  private static void assertRefused(TinyProgram program, Settings settings, String... says) {
    ModelError error = assertThrows(ModelError.class, () -> program.search(settings));
    for (String part : says) {
      assertTrue(error.getMessage().contains(part), () -> part + " in: " + error.getMessage());
    }
  }

  private static void assertRefused(TinyProgram program, String... says) {
    assertRefused(program, Settings.DEFAULT, says);
    assertRefused(program, Settings.DEFAULT.withReductions(Reductions.NONE), says);
  }

  // Words

  @ParameterizedTest
  @CsvSource({"TASK, 2", "FRAME, 3", "PTE, 6", "TASKS, 3", "FRAMES, 7"})
  void aWordTooNarrowForItsTypeIsRefusedWhereItIsDeclared(WordType type, int least) {
    Layout layout = new Layout(3, 6);
    assertEquals(least, layout.leastBits(type));
    layout.word("enough", type, least);
    ModelError error = assertThrows(ModelError.class, () -> layout.word("narrow", type, least - 1));
    assertTrue(error.getMessage().contains("narrow is " + (least - 1) + " bits wide, too narrow"));
    assertTrue(error.getMessage().contains(type + " of 3 tasks and 6 frames needs " + least));
  }

  @Test
  void aNumberTooLargeForItsWordIsRefusedWhereItIsStored() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.word("x", WordType.NUMBER, 2);
    program.process("P", m -> m.writeOnce(x, 4));
    assertRefused(program, "P", "x is 2 bits wide, too narrow for 4", "ModelErrorsTest.java");
  }

  @Test
  void aNegativeNumberIsRefusedWhereItIsStored() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.word("x", WordType.NUMBER, 31);
    program.process("P", m -> m.writeOnce(x, -1));
    assertRefused(program, "P", "x is 31 bits wide, too narrow for -1");
  }

  @Test
  void aNumberTooLargeForItsWordIsRefusedInTheInitialState() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.word("x", WordType.NUMBER, 2);
    program.process("P", m -> m.readOnce(x)).from(memory -> memory.init(x, 4));
    assertRefused(program, "x is 2 bits wide, too narrow for 4");
  }

  @ParameterizedTest
  @CsvSource({"BOOLEAN, 2", "TASK, 4", "FRAME, 7", "PTE, 56", "TASKS, 8", "FRAMES, 128"})
  void aValueThatNamesNothingIsRefusedHoweverWideTheWord(WordType type, int value) {
    TinyProgram program = new TinyProgram(3, 6);
    Word x = program.layout.word("x", type, 10);
    program.process("P", m -> m.writeOnce(x, value));
    assertRefused(
        program, Settings.DEFAULT.withReductions(Reductions.NONE), "P", "x cannot be " + value);
  }

  @Test
  void aWordOfAnotherLayoutIsRefused() {
    Layout other = new Layout(0, 0);
    Word stranger = other.word("stranger", WordType.NUMBER, 1);
    other.complete();
    TinyProgram program = new TinyProgram();
    program.layout.word("x", WordType.NUMBER, 1);
    program.process("P", m -> m.readOnce(stranger));
    assertRefused(program, "P uses stranger, a word of another layout");
  }

  @Test
  void aWordDeclaredTooLateIsRefused() {
    Layout layout = new Layout(0, 0).complete();
    ModelError error =
        assertThrows(ModelError.class, () -> layout.word("late", WordType.NUMBER, 1));
    assertTrue(error.getMessage().contains("late is declared after the layout was complete"));
  }

  @Test
  void tasksWithDifferentWordsAreRefused() {
    Layout layout = new Layout(2, 0);
    layout.wordOf(1, "state", WordType.NUMBER, 1);
    ModelError error = assertThrows(ModelError.class, layout::complete);
    assertEquals("A and B do not declare the same words", error.getMessage());
  }

  // Locks and owners

  @Test
  void aGuardedWordIsRefusedToWhoHasNotItsLock() {
    TinyProgram program = new TinyProgram();
    Lock lock = program.layout.lock("L");
    Word x = program.layout.guarded(lock, "x", WordType.NUMBER, 1);
    program.process("P", m -> m.read(x));
    assertRefused(program, "P touches x", "which needs L to be held", "ModelErrorsTest.java");
  }

  @Test
  void aGuardedWordIsRefusedWhileAnotherHoldsItsLock() {
    TinyProgram program = new TinyProgram();
    Lock lock = program.layout.lock("L");
    Word x = program.layout.guarded(lock, "x", WordType.NUMBER, 1);
    Word held = program.layout.word("held", WordType.BOOLEAN, 1);
    Word never = program.layout.word("never", WordType.BOOLEAN, 1);
    program.process(
        "P",
        m -> {
          m.lock(lock);
          m.writeOnce(held, 1);
          m.waitUntil(never, 1);
        });
    program.process(
        "Q",
        m -> {
          m.waitUntil(held, 1);
          m.write(x, 1);
        });
    assertRefused(program, "Q touches x", "which only P may touch now");
  }

  @Test
  void aWordOfAnotherProcessIsRefused() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.ownedBy(0, "x", WordType.NUMBER, 1);
    program.process("P", m -> m.write(x, 1)).process("Q", m -> m.read(x));
    assertRefused(program, "Q touches x", "which only P may touch now");
  }

  @Test
  void aBrokenRuleOfExclusiveUseIsRefused() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.word("x", WordType.NUMBER, 1).exclusiveBy(memory -> 1, "");
    program.process("P", m -> m.readOnce(x)).process("Q", m -> m.readOnce(x));
    assertRefused(program, "P touches x", "which only Q may touch now");
  }

  @Test
  void aWordThatNobodyMayTouchNowIsRefused() {
    TinyProgram program = new TinyProgram();
    Word x =
        program.layout.word("x", WordType.NUMBER, 1).exclusiveBy(memory -> Exclusive.NOBODY, "");
    program.process("P", m -> m.readOnce(x));
    assertRefused(program, "P touches x", "which nobody may touch without its lock");
  }

  @Test
  void aLockThatIsNotHeldCannotBeReleased() {
    TinyProgram program = new TinyProgram();
    Lock lock = program.layout.lock("L");
    program.process("P", m -> m.unlock(lock));
    assertRefused(program, "P", "releases L, which it does not hold, nor anybody");
  }

  @Test
  void aLockIsTriedOnlyIfItIsDeclaredSo() {
    TinyProgram program = new TinyProgram();
    Lock lock = program.layout.lock("L");
    program.process("P", m -> m.trylock(lock));
    assertRefused(program, "P tries L, which is not declared as one that may be tried");
  }

  // Choices

  @Test
  void oneIsChosenOnlyOfASet() {
    TinyProgram program = new TinyProgram(2, 2);
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          m.chooseOne("which", WordType.TASK, 1);
          m.readOnce(x);
        });
    assertRefused(program, "P chooses one of a TASK, which is not a set");
  }

  @Test
  void aConditionOfTheEnvironmentStandsBeforeTheOperationNotAfterIt() {
    TinyProgram program = new TinyProgram();
    Lock lock = program.layout.lock("L");
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          m.lock(lock);
          m.when(x, 1);
          m.unlock(lock);
        });
    assertRefused(
        program, Settings.DEFAULT, "P", "a condition on a choice comes after an operation");
  }

  @Test
  void aProcessThatChoosesForEverIsRefused() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          while (m.choose("again", 0, 1) == 1) {
            // the environment decides when it is enough
          }
          m.readOnce(x);
        });
    assertRefused(program, "P", "more than 64 choices in one step");
  }

  // Processes

  @Test
  void aProcessThatCatchesTheSuspensionIsRefused() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          try {
            m.readOnce(x);
          } catch (RuntimeException e) {
            // as code does that means well
          }
        });
    assertRefused(program, "P caught the explorer's suspension: no try or catch");
  }

  @Test
  void aProcessThatCatchesTheSuspensionAndGoesOnIsRefused() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          try {
            m.readOnce(x);
          } catch (RuntimeException e) {
            m.writeOnce(x, 1);
          }
        });
    assertRefused(program, "P caught the explorer's suspension and went on to WRITE_ONCE");
  }

  @Test
  void aProcessWithAnOperationInFinallyIsRefused() {
    TinyProgram program = new TinyProgram();
    Lock lock = program.layout.lock("L");
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          m.lock(lock);
          try {
            m.writeOnce(x, 1);
          } finally {
            m.unlock(lock);
          }
        });
    assertRefused(program, "P caught the explorer's suspension and went on to spin_unlock");
  }

  @Test
  void aProcessThatCatchesTheSuspensionInACallIsRefused() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          try {
            m.call(() -> m.writeOnce(x, 1));
          } catch (RuntimeException e) {
            // as code does that means well
          }
        });
    assertRefused(program, "P caught the explorer's suspension: no try or catch");
  }

  @Test
  void aProcessThatDoesNothingIsRefused() {
    TinyProgram program = new TinyProgram();
    program.process("P", m -> {});
    assertRefused(program, "P does nothing: an activation needs at least one operation");
  }

  @Test
  void aProcessWithAMemoryOfItsOwnIsFoundInDebugMode() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.word("x", WordType.NUMBER, 4);
    AtomicInteger calls = new AtomicInteger();
    program.process("P", m -> m.writeOnce(x, calls.incrementAndGet() & 7));
    assertRefused(
        program,
        Settings.DEFAULT.withDebug(true),
        "P is not deterministic: with the same observations it wanted WRITE_ONCE",
        "ModelErrorsTest.java");
  }

  @Test
  void aProcessThatForgetsWhatItDidIsFoundInDebugMode() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    AtomicInteger calls = new AtomicInteger();
    program.process(
        "P",
        m -> {
          if (calls.getAndIncrement() < 4) {
            m.readOnce(x);
          }
          m.writeOnce(x, 1);
          m.writeOnce(x, 0);
        });
    assertRefused(program, Settings.DEFAULT.withDebug(true), "P is not deterministic");
  }

  @Test
  void aProcessThatLoopsOverWhatNobodyElseSeesIsRefused() {
    TinyProgram program = new TinyProgram();
    Word mine = program.layout.ownedBy(0, "mine", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          int seen = 0;
          while (seen == 0) {
            seen = m.call(WordType.NUMBER, () -> m.read(mine));
          }
        });
    assertRefused(
        program,
        Settings.DEFAULT,
        "P",
        "it never reaches an operation that others notice: a loop at",
        "ModelErrorsTest.java");
  }

  @Test
  void aProcessThatTreatsTasksDifferentlyByTheirNamesIsRefused() {
    TinyProgram program = new TinyProgram(2, 0);
    Word set = program.layout.word("set", WordType.TASKS, 2);
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          int task = m.chooseOne("task", WordType.TASKS, 3);
          m.writeOnce(set, 1 << (task - 1));
          if (task == 1) {
            m.readOnce(x);
          } else {
            m.writeOnce(x, 1);
          }
        });
    assertRefused(
        program,
        Settings.DEFAULT,
        "P treats tasks or frames differently by their names",
        "ModelErrorsTest.java",
        "use choices and sets");
  }

  @Test
  void aPropertyOfTheModelItselfIsNoModelError() {
    TinyProgram program = new TinyProgram();
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process("P", m -> m.writeOnce(x, 1));
    program.checking((Memory memory) -> memory.raise(memory.get(x) * program.claim));
    assertEquals(1, program.search().found().get(TinyProgram.CLAIM).steps().size());
  }
}
