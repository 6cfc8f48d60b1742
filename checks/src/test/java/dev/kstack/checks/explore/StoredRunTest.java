package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.trace.Grain;
import dev.kstack.checks.trace.JsonTrace;
import dev.kstack.checks.trace.StoredRun;
import dev.kstack.checks.trace.TraceFormatException;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.machine.ModelError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run that was written and read back is the same run; one that the model does not allow is not.
 */
class StoredRunTest {
  static List<Subject> subjects() {
    return Subject.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("subjects")
  void whatIsReadBackRunsAsBefore(Subject subject) throws TraceFormatException {
    RandomWalk walks = new RandomWalk(subject.program(), Reductions.ALL);
    Counterexample run = walks.walk(Picker.random(11), 80, Set.of()).run();
    StoredRun stored =
        new StoredRun(
            subject.name(),
            null,
            Assumptions.of(subject.hardware()),
            subject.sizes(),
            "none",
            run,
            Grain.TRANSACTION);

    Counterexample back = JsonTrace.read(JsonTrace.write(stored)).run();

    assertEquals(
        Run.of(subject.program(), Reductions.ALL, run),
        Run.of(subject.program(), Reductions.ALL, back));
  }

  private static final Subject RACY =
      Subject.all().stream()
          .filter(s -> s.name().equals("shrinker+H8") && s.hardware() == Hardware.SPEC_FILL)
          .findFirst()
          .orElseThrow();

  private static final Counterexample RUN =
      new RandomWalk(RACY.program(), Reductions.ALL).walk(Picker.random(5), 40, Set.of()).run();

  /** A corrupt number is an error of the run, or another run; never an exception of Java's. */
  @Property(tries = 200)
  void aRunWithOneNumberChangedIsRunOrRefused(
      @ForAll @IntRange(max = 39) int at, @ForAll @IntRange(max = 40) int value) {
    List<Counterexample.Step> steps = new ArrayList<>(RUN.steps());
    Counterexample.Step step = steps.get(at);
    List<Integer> choices = new ArrayList<>(step.choices());
    if (choices.isEmpty() || value % 2 == 0) {
      steps.set(at, new Counterexample.Step(value / 2, step.choices()));
    } else {
      choices.set(value % choices.size(), value / 2);
      steps.set(at, new Counterexample.Step(step.process(), ImmutableList.copyOf(choices)));
    }
    try {
      Run.of(RACY.program(), Reductions.ALL, new Counterexample(ImmutableList.copyOf(steps)));
    } catch (ModelError e) {
      assertTrue(!e.getMessage().isBlank());
    }
  }

  @Test
  void aStepOfNobodyOrWithOtherChoicesIsRefused() {
    assertRefused(new Counterexample.Step(9, ImmutableList.of()), "is of process 9; there are ");
    assertRefused(new Counterexample.Step(0, ImmutableList.of()), "does not say what is chosen");
    assertRefused(new Counterexample.Step(0, ImmutableList.of(99)), "chooses 99 for");
    Counterexample.Step first = RUN.steps().get(0);
    assertRefused(
        new Counterexample.Step(
            first.process(),
            ImmutableList.<Integer>builder().addAll(first.choices()).add(0).build()),
        "step 1 of the run is not possible");
  }

  private static void assertRefused(Counterexample.Step step, String why) {
    ModelError e =
        assertThrows(
            ModelError.class,
            () ->
                Run.of(RACY.program(), Reductions.ALL, new Counterexample(ImmutableList.of(step))));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }
}
