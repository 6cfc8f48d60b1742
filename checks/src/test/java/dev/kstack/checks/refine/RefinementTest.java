package dev.kstack.checks.refine;

import static dev.kstack.spec.StackProperties.ACCESSED_PAGE_KEPT;
import static dev.kstack.spec.StackProperties.REFINES_SPEC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.Picker;
import dev.kstack.checks.explore.RandomWalk;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.trace.TextTrace;
import dev.kstack.model.design.AccessedBitIgnored;
import dev.kstack.model.design.FrozenWrongly;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Rule;
import dev.kstack.spec.WorstCase;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who deletes the check of A from the path that reclaims is told so, in every way that there is.
 */
class RefinementTest {
  static Stream<Decisions> withoutTheCheck() {
    return Stream.of(AccessedBitIgnored.atSwitchOut(), AccessedBitIgnored.inTheShrinker());
  }

  private static Program program(Decisions decisions) {
    return new RefiningProgram(
        new Kernel(new Sizes(2, 1, 2, 3, 0, 1), decisions, Assumptions.of(Hardware.MANUALS)));
  }

  @ParameterizedTest
  @MethodSource("withoutTheCheck")
  void theSearchSeesItAndTheRemarkNamesTheActionAndTheRule(Decisions decisions) {
    SearchResult result = new Explorer(program(decisions), Settings.DEFAULT).search();
    assertTrue(result.found().keySet().containsAll(Set.of(REFINES_SPEC, ACCESSED_PAGE_KEPT)));

    Run run = Run.of(program(decisions), Reductions.ALL, result.found().get(REFINES_SPEC));

    assertEquals(1, run.remarks().size(), run.remarks()::toString);
    String remark = run.remarks().get(0);
    Rule rule = Rule.ACCESSED_PAGES_ARE_KEPT;
    assertTrue(
        remark.matches("to the specification it is reclaim\\([AB], page 1\\), which .*"), remark);
    assertTrue(remark.contains("which %s refuses: ".formatted(rule.label())), remark);
    assertTrue(remark.endsWith(rule.sentence()), remark);
    assertTrue(
        new TextTrace(List.of()).of(REFINES_SPEC, run).contains("reclaim("), "not in the trace");
  }

  @ParameterizedTest
  @MethodSource("withoutTheCheck")
  void andSoDoTenRandomWalks(Decisions decisions) {
    RandomWalk walks = new RandomWalk(program(decisions), Reductions.ALL);
    for (long seed = 0; seed < 10; seed++) {
      Set<dev.kstack.spec.Property> raised =
          walks.walk(Picker.random(seed), 150, Set.of()).raised().keySet();
      assertTrue(
          raised.containsAll(Set.of(REFINES_SPEC, ACCESSED_PAGE_KEPT)),
          "seed %d: %s".formatted(seed, raised));
    }
  }

  static Stream<Arguments> rulesOfFreezer() {
    return Stream.of(
        arguments(FrozenWrongly.whereverItIs(), Rule.FREEZE_ONLY_WHO_SLEEPS),
        arguments(FrozenWrongly.andParkedBySchedule(), Rule.FREEZE_ONLY_WHO_SLEEPS),
        arguments(FrozenWrongly.andFilledBySchedule(), Rule.FILL_ONLY_WHO_IS_FROZEN),
        arguments(FrozenWrongly.andWokenWithAHole(), Rule.THAW_ONLY_WHEN_FILLED));
  }

  /** Each of the rules that it has in place of those about who is parked. */
  @ParameterizedTest
  @MethodSource
  void rulesOfFreezer(Decisions decisions, Rule rule) {
    SearchResult result = new Explorer(program(decisions), Settings.DEFAULT).search();

    Run run = Run.of(program(decisions), Reductions.ALL, result.found().get(REFINES_SPEC));

    assertTrue(
        run.remarks().get(0).contains("which %s refuses: ".formatted(rule)),
        run.remarks()::toString);
  }

  @Test
  void theRulesOfFreezerAreThese() {
    assertEquals(
        WorstCase.FROZEN.rules(),
        rulesOfFreezer().map(arguments -> arguments.get()[1]).collect(Collectors.toSet()));
  }
}
