package dev.kstack.checks.walks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random walks catch the seeded defects, each by one at least of the properties that it alone
 * breaks; or the defect stands in a list of those that they do not catch. The seed is fixed, so
 * this is no matter of luck. How long it takes is in docs/engines.md, from {@link
 * RandomTestingTable}.
 */
class DefectsInRandomWalksTest {
  private static final long SEED = 1;
  private static final int MOST_WALKS = 4_000;

  /**
   * Not caught in {@link #MOST_WALKS} walks of {@link Hunt#STEPS_A_WALK} steps, and why. The search
   * finds each of them in a second.
   */
  private static final Map<String, String> NOT_CAUGHT =
      Map.of(
          "switch-out+H1 spec-fill",
              "the one speculative walk must set A between the hook's read and its store, which are"
                  + " neighbours, and here it may also fill the TLB and leave A clear",
          "shrinker+H24 manuals",
              "the thread must be woken, refilled, run and put to sleep again between two neighbouring"
                  + " operations of the shrinker",
          "unwinder+H20 manuals",
              "the hook must unmap the page between the reader's look at it and its read, which are"
                  + " neighbours",
          "freezer+H6 spec-fill",
              "the thread must be woken, filled and run on another CPU while the flush of its stack"
                  + " is sent and not yet taken there",
          "freezer+H8 manuals",
              "the thread must be woken and run between two critical sections of the scanner, which"
                  + " follow one another");

  static Stream<List<Prey>> caught() {
    return defects().entrySet().stream()
        .filter(defect -> !NOT_CAUGHT.containsKey(defect.getKey()))
        .map(Map.Entry::getValue);
  }

  private static Map<String, List<Prey>> defects() {
    Map<String, List<Prey>> defects = new LinkedHashMap<>();
    for (Prey prey : Prey.all()) {
      defects.computeIfAbsent(name(prey), name -> new ArrayList<>()).add(prey);
    }
    return defects;
  }

  private static String name(Prey prey) {
    return "%s %s".formatted(prey.job().name(), prey.job().assumptions());
  }

  private static boolean isCaught(List<Prey> defect) {
    Set<Property> any = defect.stream().map(Prey::property).collect(Collectors.toSet());
    return Hunt.of(Walker.of(defect.get(0).job()), any, SEED, MOST_WALKS).caught();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void caught(List<Prey> defect) {
    assertTrue(
        isCaught(defect),
        () ->
            "%s is not caught by %d random walks; if it is hard to meet, say so in NOT_CAUGHT, and"
                    .formatted(name(defect.get(0)), MOST_WALKS)
                + " make the table in docs/engines.md anew");
  }

  /** What is said of them is true. */
  @ParameterizedTest(name = "{0}")
  @MethodSource
  void notCaught(String name) {
    assertTrue(defects().containsKey(name), name);
    assertFalse(isCaught(defects().get(name)), () -> name + " is caught: take it off the list");
  }

  static Set<String> notCaught() {
    return NOT_CAUGHT.keySet();
  }
}
