package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.explore.RandomProgramsTest.Made;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.StackProperties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the explorer says of a program, against a search that is too simple to be wrong. */
class NaiveExplorerTest {
  private static final int MOST_STATES = 400;

  @Provide
  Arbitrary<List<Made>> programs() {
    return new RandomProgramsTest().programs();
  }

  @Property
  void theExplorerFindsTheSameOfMadeUpPrograms(@ForAll("programs") List<Made> processes) {
    TinyProgram program = new RandomProgramsTest.Interpreter(processes).program;
    NaiveExplorer naive = new NaiveExplorer(program, MOST_STATES);
    Statistics.label("small enough")
        .collect(naive.complete())
        .coverage(coverage -> coverage.check(true).percentage(p -> p >= 30));
    Assume.that(naive.complete());
    Statistics.label("violates something")
        .collect(!naive.shortest().isEmpty())
        .coverage(coverage -> coverage.check(true).percentage(p -> p >= 5));
    compare(naive, program);
  }

  static List<Subject> subjects() {
    return Subject.all().stream()
        .filter(s -> s.hardware() == Hardware.MANUALS)
        .map(
            s ->
                s.decisions().purge() == null
                    ? s.at(
                        1,
                        1,
                        s.ages() || s.forks() && !s.name().endsWith("H22") ? 1 : 2,
                        s.hasShrinker() || s.forks() ? 0 : 1)
                    : s.at(1, 1, 2, 2, 0))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void andOfDesigns(Subject subject) {
    Program program =
        new Kernel(subject.sizes(), subject.decisions(), Assumptions.of(subject.hardware()));
    NaiveExplorer naive = new NaiveExplorer(program, 800_000);
    assertTrue(naive.complete(), subject.name());
    compare(naive, program);
  }

  /**
   * The same states and the same shortest runs where nothing is reduced, but for deadlocks, of
   * which the explorer knows more kinds; and with all reductions the same verdicts, in no more
   * steps.
   */
  private static void compare(NaiveExplorer naive, Program program) {
    SearchResult full = search(program, Settings.DEFAULT.withReductions(Reductions.NONE));
    assertEquals(naive.states(), full.states());
    Map<dev.kstack.spec.Property, Integer> lengths = new HashMap<>();
    full.found().forEach((property, run) -> lengths.put(property, run.steps().size()));
    Integer deadlock = lengths.remove(program.deadlock());
    lengths.remove(StackProperties.DATA_RACE_FREE); // who may touch what, only the engine knows
    lengths.remove(StackProperties.LOCKING_RULES);
    assertEquals(naive.shortest(), lengths);
    if (naive.stuckAt() >= 0) {
      assertTrue(deadlock != null && deadlock <= naive.stuckAt(), "a deadlock is not found");
    }
    SearchResult reduced = search(program, Settings.DEFAULT);
    assertEquals(full.found().keySet(), reduced.found().keySet());
    reduced
        .found()
        .forEach(
            (property, run) ->
                assertTrue(
                    run.steps().size() <= full.found().get(property).steps().size(),
                    property.name()));
  }

  private static SearchResult search(Program program, Settings settings) {
    SearchResult result = new Explorer(program, settings).search();
    assertTrue(result.complete());
    return result;
  }
}
