package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A walk takes the steps that the search takes, and sees what the search sees. */
class RandomWalkTest {
  static Stream<Subject> subjects() {
    return Subject.allSmall();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void walksFindNothingThatTheSearchDoesNotFindNorSooner(Subject subject) {
    SearchResult result = subject.search();
    Program program = subject.program();
    RandomWalk walks = new RandomWalk(program, Reductions.ALL);
    Shortening shortening = new Shortening(program, Reductions.ALL);
    for (long seed = 0; seed < 3; seed++) {
      RandomWalk.Walk walk = walks.walk(Picker.random(seed), 60, Set.of());
      for (Property property : walk.raised().keySet()) {
        assertTrue(result.found().containsKey(property), property.name());
        Counterexample found = walk.runTo(property);
        Counterexample shortened = shortening.of(found, property);
        int shortest = result.found().get(property).steps().size();
        assertTrue(shortest <= shortened.steps().size(), property.name());
        assertTrue(shortened.steps().size() <= found.steps().size(), property.name());
        assertTrue(
            Run.of(program, Reductions.ALL, shortened).raised().contains(property),
            property.name());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void aWalkIsARunWhoseStepsCanBeTakenAgain(Subject subject) {
    RandomWalk walks = new RandomWalk(subject.program(), Reductions.ALL);
    RandomWalk.Walk walk = walks.walk(Picker.random(7), 60, Set.of());
    int length = walk.run().steps().size(); // fewer than 60 if nobody can go on

    Run run = Run.of(subject.program(), Reductions.ALL, walk.run());

    assertEquals(length, run.steps().size());
    for (Property property : run.raised()) {
      assertTrue(walk.raised().containsEntry(property, length), property.name());
    }
    RandomWalk.Walk again = walks.walk(Picker.following(walk.run().steps()), 60, Set.of());
    assertEquals(walk, again);
  }

  @Test
  void theSameSeedWalksTheSameWay() {
    Subject subject = subjects().findFirst().orElseThrow();
    RandomWalk walks = new RandomWalk(subject.program(), Reductions.ALL);
    RandomWalk.Walk first = walks.walk(Picker.random(3), 200, Set.of());
    assertEquals(first, walks.walk(Picker.random(3), 200, Set.of()));
    assertEquals(
        first,
        new RandomWalk(subject.program(), Reductions.ALL).walk(Picker.random(3), 200, Set.of()));
    assertTrue(!first.equals(walks.walk(Picker.random(4), 200, Set.of())));
  }

  @Test
  void aWalkEndsWhereItWasToldToAndWhereNobodyCanGoOn() {
    TinyProgram program = new TinyProgram();
    dev.kstack.model.machine.Word word =
        program.layout.word("x", dev.kstack.model.machine.WordType.NUMBER, 2);
    program.process(
        "P",
        m -> {
          int x = m.readOnce(word);
          m.writeOnce(word, x + 1);
          if (x == 2) {
            m.waitUntil(word, 0);
          }
        });
    program.checking(memory -> memory.raise(memory.get(word) == 1 ? program.claim : 0));
    program.layout.complete();
    RandomWalk walks = new RandomWalk(program, Reductions.NONE);

    RandomWalk.Walk told = walks.walk(Picker.random(1), 100, Set.of(TinyProgram.CLAIM));
    assertEquals(2, told.run().steps().size());
    assertEquals(List.of(2), told.raised().get(TinyProgram.CLAIM).asList());

    RandomWalk.Walk stuck = walks.walk(Picker.random(1), 100, Set.of());
    assertEquals(6, stuck.run().steps().size());
    assertEquals(List.of(2, 3), stuck.raised().get(TinyProgram.CLAIM).asList());
    assertEquals(List.of(6), stuck.raised().get(TinyProgram.DEADLOCK).asList());

    assertEquals(4, walks.walk(Picker.random(1), 4, Set.of()).run().steps().size());
    assertEquals(
        3, walks.walk(Picker.schedule(List.of(9, 8, 7)), 100, Set.of()).run().steps().size());
  }
}
