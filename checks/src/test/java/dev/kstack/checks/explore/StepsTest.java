package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableSet;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is one step and what is not, on programs of a few lines. */
class StepsTest {
  private final TinyProgram program = new TinyProgram();

  static Reductions[] reductions() {
    return new Reductions[] {Reductions.NONE, Reductions.ALL};
  }

  private ImmutableSet<Property> found(Reductions reductions) {
    return program.search(Settings.DEFAULT.withReductions(reductions)).found().keySet();
  }

  @ParameterizedTest
  @MethodSource("reductions")
  void twoIncrementsWithoutALockLoseOne(Reductions reductions) {
    Word x = program.layout.word("x", WordType.NUMBER, 2);
    Word done = program.layout.word("done", WordType.NUMBER, 2);
    for (int p = 0; p < 2; p++) {
      int bit = 1 << p;
      program.process(
          "P" + p,
          m -> {
            m.writeOnce(x, m.readOnce(x) + 1);
            m.cmpxchg(done, 3 - bit, 3);
            m.cmpxchg(done, 0, bit);
            m.waitUntil(done, 0);
          });
    }
    program.checking(
        memory -> {
          if (memory.get(done) == 3 && memory.get(x) != 2) {
            memory.raise(program.claim);
          }
        });
    assertEquals(ImmutableSet.of(TinyProgram.CLAIM, TinyProgram.DEADLOCK), found(reductions));
  }

  @ParameterizedTest
  @MethodSource("reductions")
  void twoIncrementsUnderALockLoseNone(Reductions reductions) {
    Lock lock = program.layout.lock("L");
    Word x = program.layout.guarded(lock, "x", WordType.NUMBER, 2);
    Word done = program.layout.word("done", WordType.NUMBER, 2);
    for (int p = 0; p < 2; p++) {
      int bit = 1 << p;
      program.process(
          "P" + p,
          m -> {
            m.lock(lock);
            m.write(x, m.read(x) + 1);
            m.unlock(lock);
            m.cmpxchg(done, 3 - bit, 3);
            m.cmpxchg(done, 0, bit);
            m.waitUntil(done, 0);
          });
    }
    program.checking(
        memory -> {
          if (memory.get(done) == 3 && memory.get(x) != 2) {
            memory.raise(program.claim);
          }
        });
    assertEquals(ImmutableSet.of(TinyProgram.DEADLOCK), found(reductions));
  }

  @ParameterizedTest
  @MethodSource("reductions")
  void aChoiceThatLeadsToNothingPossibleIsNotMade(Reductions reductions) {
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        m -> {
          m.writeOnce(x, 1);
          int waitsFor = m.choose("event", 0, 1);
          m.when(x, waitsFor);
          m.writeOnce(x, 0);
        });
    assertEquals(ImmutableSet.of(), found(reductions));
  }

  @ParameterizedTest
  @MethodSource("reductions")
  void aLastChoiceIsOfferedWhateverTheNextActivationBeginsWith(Reductions reductions) {
    Word x = program.layout.word("x", WordType.NUMBER, 1);
    program.process(
        "P",
        (m, local) -> {
          m.when(x, 0);
          m.writeOnce(x, 1);
          return m.choose("whatever", 0, 1);
        });
    program.process(
        "Q",
        m -> {
          m.waitUntil(x, 1);
          m.writeOnce(x, 0);
        });
    assertEquals(ImmutableSet.of(), found(reductions));
  }

  @ParameterizedTest
  @MethodSource("reductions")
  void aLockThatMayBeTriedIsNoticedWhileItIsHeld(Reductions reductions) {
    Lock lock = program.layout.lock("L").mayBeTried();
    program.process(
        "P",
        m -> {
          m.lock(lock);
          m.unlock(lock);
        });
    Word failed =
        program
            .layout
            .word("failed", WordType.BOOLEAN, 1)
            .watchedBy((memory, process, word, before, after) -> memory.raise(program.claim));
    program.process(
        "Q",
        m -> {
          if (m.trylock(lock)) {
            m.unlock(lock);
          } else {
            m.writeOnce(failed, 1);
          }
        });
    assertEquals(ImmutableSet.of(TinyProgram.CLAIM), found(reductions));
  }

  @ParameterizedTest
  @MethodSource("reductions")
  void whatIsRaisedInAJoinedOperationIsRemembered(Reductions reductions) {
    Lock lock = program.layout.lock("L");
    Word x =
        program
            .layout
            .guarded(lock, "x", WordType.NUMBER, 2)
            .watchedBy(
                (memory, process, word, before, after) ->
                    memory.raise(after == 3 ? program.claim : 0));
    program.process(
        "P",
        m -> {
          m.lock(lock);
          m.write(x, 3);
          m.write(x, m.choose("later", 0, 2));
          m.unlock(lock);
        });
    assertEquals(ImmutableSet.of(TinyProgram.CLAIM), found(reductions));
  }

  @ParameterizedTest
  @MethodSource("reductions")
  void toTakeALockAndReleaseItIsToGetNowhere(Reductions reductions) {
    Lock lock = program.layout.lock("L");
    program.process(
        "P",
        m -> {
          m.lock(lock);
          m.unlock(lock);
        });
    assertEquals(ImmutableSet.of(TinyProgram.DEADLOCK), found(reductions));
  }

  @ParameterizedTest
  @MethodSource("reductions")
  void toWriteWhatNobodyReadsIsToGetNowhere(Reductions reductions) {
    Word x = program.layout.word("x", WordType.BOOLEAN, 1);
    program.process("P", m -> m.writeOnce(x, 1)).forgetting(memory -> memory.init(x, 0));
    assertEquals(ImmutableSet.of(TinyProgram.DEADLOCK), found(reductions));
  }
}
