package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.StackProperties;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In which loops a task waits for ever, and which of them are nobody's fault but the test's. */
class FairLoopsTest {
  static Stream<Subject> subjects() {
    return TrapsTest.subjects();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void eachReductionFindsALoopIfThereIsOne(Subject subject) {
    Reductions transactions = new Reductions(true, false, false);
    boolean starves =
        new PlainGraph(new AllStates.Workshop(subject.program()), transactions, Integer.MAX_VALUE)
            .starves();
    for (boolean names : new boolean[] {false, true}) {
      for (boolean dead : new boolean[] {false, true}) {
        Reductions r = new Reductions(true, names, dead);
        SearchResult result = subject.search(TrapsTest.SETTINGS.withReductions(r));
        assertEquals(starves, loop(result) != null, r.toString());
      }
    }
  }

  @Test
  void withoutTransactionsItIsNotDecided() {
    Subject subject = TrapsTest.subjects().findFirst().orElseThrow();
    SearchResult result = subject.search(TrapsTest.SETTINGS.withReductions(Reductions.NONE));
    assertTrue(result.undecided().containsKey(StackProperties.RUNS_EVENTUALLY));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void theLoopCanBeRunEndsWhereItBeganAndTheThreadNeverRunsInIt(Subject subject) {
    Counterexample run = loop(subject.search(TrapsTest.SETTINGS));
    if (run != null) {
      Ending.Loop loop = (Ending.Loop) run.ending();
      Run whole = Run.of(subject.program(), Reductions.ALL, run);
      Run stem =
          Run.of(
              subject.program(),
              Reductions.ALL,
              new Counterexample(run.steps().subList(0, loop.from())));
      if (!loop.renamed()) {
        assertEquals(stem.words(), whole.words());
      }
      String task = whole.held().task();
      assertTrue(
          whole.steps().subList(loop.from(), whole.steps().size()).stream()
              .noneMatch(step -> step.actingFor().equals(task)));
    }
  }

  /** One CPU that may overlook the queue: left alone it could do better, so it is not to blame. */
  @Test
  void anEnvironmentThatNeverLetsATaskBePickedIsNoCounterexample() {
    TinyProgram program = new TinyProgram(1, 0);
    Word running = program.layout.word("running", WordType.BOOLEAN, 1);
    Word idled = program.layout.word("idled", WordType.BOOLEAN, 1);
    program.process(
        "C0",
        m -> {
          if (m.choose("pick", 0, 1) == 1) {
            m.writeOnce(running, 1);
          } else {
            m.xchg(idled, 1);
          }
        });
    program.following(memory -> 1, memory -> memory.get(running));
    assertNull(loop(program.search(TrapsTest.SETTINGS)));
  }

  /** The same, where it takes two activations to pick, and the first may be left out for ever. */
  @Test
  void whatTakesTwoActivationsMayBeLeftOutForEver() {
    TinyProgram program = new TinyProgram(1, 0);
    Word ready = program.layout.word("ready", WordType.BOOLEAN, 1);
    Word running = program.layout.word("running", WordType.BOOLEAN, 1);
    program.process(
        "C0",
        m -> {
          if (m.choose("get ready", 0, 1) == 1) {
            m.writeOnce(ready, 1);
          } else if (m.readOnce(ready) == 1) {
            m.writeOnce(running, 1);
          }
        });
    program.following(memory -> 1, memory -> memory.get(running));
    Counterexample run = loop(program.search(TrapsTest.SETTINGS));
    assertEquals(0, ((Ending.Loop) run.ending()).from());
    assertEquals(1, run.steps().size());
  }

  /** S waits for an answer before it lets the task run; C0 could give it at any time. */
  @Test
  void whoIsAskedAndCouldAnswerMayNotPutItOffForEver() {
    assertNull(loop(asking(true)));
    assertNotNull(loop(asking(false)), "where nobody says who must answer, it may");
  }

  private static SearchResult asking(boolean said) {
    TinyProgram program = new TinyProgram(1, 0);
    Word asked = program.layout.word("asked", WordType.BOOLEAN, 1);
    Word running = program.layout.word("running", WordType.BOOLEAN, 1);
    if (said) {
      asked.answeredBy((memory, value) -> value << 1);
    }
    program.process(
        "S",
        m -> {
          m.waitUntil(asked, 0);
          m.writeOnce(running, 1);
        });
    program.process(
        "C0",
        m -> {
          if (m.choose("answer", 0, 1) == 1) {
            m.writeOnce(asked, 0);
          } else {
            m.readOnce(asked);
          }
        });
    program.from(memory -> memory.init(asked, 1));
    program.following(memory -> 1, memory -> memory.get(running));
    return program.search(TrapsTest.SETTINGS);
  }

  /** Weakly fair it would be, since P can take no step while Q has the lock. */
  @Test
  void whoSpinsOnALockThatIsReleasedOverAndOverGetsItAtLast() {
    for (Reductions r : List.of(new Reductions(true, false, false), Reductions.ALL)) {
      TinyProgram program = new TinyProgram(1, 0);
      Lock lock = program.layout.lock("lock");
      Word x = program.layout.word("x", WordType.BOOLEAN, 1);
      Word running = program.layout.word("running", WordType.BOOLEAN, 1);
      program.process(
          "P",
          m -> {
            m.lock(lock);
            m.writeOnce(running, 1);
            m.unlock(lock);
            m.writeOnce(running, 0); // so that it is not the second rule that applies
          });
      program.process(
          "Q",
          m -> {
            m.lock(lock);
            m.xchg(x, 1);
            m.unlock(lock);
          });
      program.following(memory -> 1, memory -> memory.get(running));
      assertNull(loop(program.search(TrapsTest.SETTINGS.withReductions(r))), r.toString());
    }
  }

  @Test
  void whereNobodyCanTakeAStepTheLoopIsEmpty() {
    TinyProgram program = new TinyProgram(1, 0);
    Word word = program.layout.word("word", WordType.BOOLEAN, 1);
    program.process("P", m -> m.waitUntil(word, 1));
    program.process("Q", m -> m.waitUntil(word, 1));
    program.following(memory -> 1, memory -> 0);
    Counterexample run = loop(program.search(TrapsTest.SETTINGS));
    assertEquals(0, run.steps().size());
    assertEquals(0, ((Ending.Loop) run.ending()).from());
  }

  /** Two processes that must both step for ever: the loop has a step of each. */
  @Test
  void aFairLoopHasAStepOfEverybodyWhoCanTakeOne() {
    TinyProgram program = new TinyProgram(1, 0);
    List<Word> words =
        List.of(
            program.layout.word("x", WordType.BOOLEAN, 1),
            program.layout.word("y", WordType.BOOLEAN, 1));
    for (Word word : words) {
      program.process(
          "of " + word,
          m -> {
            m.writeOnce(word, 1);
            m.writeOnce(word, 0);
          });
    }
    program.following(memory -> 1, memory -> 0);
    Counterexample run = loop(program.search(TrapsTest.SETTINGS));
    assertEquals(0, ((Ending.Loop) run.ending()).from());
    assertEquals(4, run.steps().size());
    assertEquals(2, run.steps().stream().map(Counterexample.Step::process).distinct().count());
  }

  private static Counterexample loop(SearchResult result) {
    Counterexample own = result.found().get(TinyProgram.RUNS_EVENTUALLY);
    return own == null ? result.found().get(StackProperties.RUNS_EVENTUALLY) : own;
  }
}
