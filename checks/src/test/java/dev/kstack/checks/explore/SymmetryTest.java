package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No program treats tasks or frames by their numbers; and who does is found, with the line. */
class SymmetryTest {
  private static final int MOST_STATES = 700;

  /** Two threads, where somebody waits for frames; and every way in which hardware may behave. */
  static Stream<Subject> subjects() {
    return Subject.all().stream().filter(Nightly::takes).map(s -> s.at(2, 2, 2, 1));
  }

  /** A step is compared with that under other names; of frames that are alike, all are tried. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void underOtherNamesEachDesignAndDefectDoesTheSame(Subject subject) {
    SearchResult result =
        subject.search(
            Settings.DEFAULT
                .withEverySymmetry(true)
                .withBudget(new Budget(MOST_STATES, Double.POSITIVE_INFINITY, Long.MAX_VALUE)));
    assertTrue(result.complete() || result.states() >= MOST_STATES, "looked at few states");
  }

  /** The frame is lost if it is not the lowest; and the lowest is the one that a search takes. */
  @Test
  void aFrameThatIsLostByItsNumberIsFoundThoughOneRepresentativeIsSearched() {
    TinyProgram program = new TinyProgram(0, 3);
    Word free = program.layout.word("free", WordType.FRAMES, 4);
    program.from(memory -> memory.init(free, 0b1110));
    program.process(
        "P",
        m -> {
          int available = m.readOnce(free);
          if (available != 0) {
            int taken = 1 << m.chooseOne("frame", WordType.FRAMES, available);
            m.writeOnce(free, available & ~taken & (available - 1));
          }
        });
    assertRefused(program, "P treats tasks or frames differently by their names", "free, {f");
  }

  /** No code of a process looks at the number here. */
  @Test
  void anInstructionThatLooksAtNumbersIsFound() {
    TinyProgram program = new TinyProgram(2, 0);
    Word set = program.layout.word("set", WordType.TASKS, 2);
    Instruction setIfFirst = new SetIfFirst(set);
    program.process("P", m -> m.execute(setIfFirst, m.chooseOne("task", WordType.TASKS, 3), 0, 0));
    assertRefused(program, "P treats tasks or frames differently by their names", "set if first");
  }

  private record SetIfFirst(Word set) implements Instruction {
    @Override
    public WordType result() {
      return WordType.NONE;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int task, int b, int c) {
      memory.set(process, set, task == 1 ? memory.get(set) | 1 : memory.get(set));
      return 0;
    }

    @Override
    public String show(int variant, int task, int b, int c) {
      return "set if first";
    }
  }

  @Test
  void aWatcherThatLooksAtNumbersIsFound() {
    assertRefused(
        choosesTasks(
            (program, set) ->
                set.watchedBy(
                    (memory, process, word, before, after) ->
                        memory.raise((after & 1) * program.claim))),
        "P treats tasks or frames differently by their names");
  }

  @Test
  void aClaimThatLooksAtNumbersIsFound() {
    assertRefused(
        choosesTasks(
            (program, set) ->
                program.checking(memory -> memory.raise((memory.get(set) & 1) * program.claim))),
        "whether claim holds in a state depends on the names of tasks or frames");
  }

  @Test
  void whoForgetsByNumbersIsFound() {
    assertRefused(
        choosesTasks(
            (program, set) -> program.forgetting(memory -> memory.init(set, memory.get(set) & 1))),
        "P treats tasks or frames differently by their names");
  }

  @Test
  void progressThatLooksAtNumbersIsFound() {
    assertRefused(
        choosesTasks((program, set) -> program.following(memory -> 1, memory -> memory.get(set))),
        "which tasks live, are doomed, want to run or run depends on the names");
  }

  /** What nobody takes for granted need not be so. */
  @Test
  void aSearchUnderAllNamesDoesNotAsk() {
    TinyProgram program =
        choosesTasks(
            (p, set) -> p.checking(memory -> memory.raise((memory.get(set) & 1) * p.claim)));
    assertEquals(
        1, program.search(Settings.DEFAULT.withReductions(Reductions.NONE)).found().size());
  }

  @FunctionalInterface
  private interface Rest {
    void add(TinyProgram program, Word set);
  }

  private static TinyProgram choosesTasks(Rest rest) {
    TinyProgram program = new TinyProgram(2, 0);
    Word set = program.layout.word("set", WordType.TASKS, 2);
    Consumer<Machine> adds =
        m -> {
          int task = m.chooseOne("task", WordType.TASKS, 3);
          m.writeOnce(set, m.readOnce(set) | 1 << task - 1);
        };
    rest.add(program, set);
    return program.process("P", adds);
  }

  private static void assertRefused(TinyProgram program, String... parts) {
    String message = String.valueOf(assertThrows(ModelError.class, program::search).getMessage());
    assertAll(
        Stream.of(parts).map(part -> () -> assertTrue(message.contains(part), () -> message)));
  }
}
