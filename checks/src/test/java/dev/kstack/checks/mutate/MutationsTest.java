package dev.kstack.checks.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.mutate.Mutation.Expected;
import dev.kstack.checks.report.Outcome;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Some property breaks under every mistake, unless nobody can tell it from the design. */
class MutationsTest {
  private static final Settings SETTINGS =
      Settings.DEFAULT.withBudget(new Budget(2_000_000, Double.POSITIVE_INFINITY, Long.MAX_VALUE));

  static List<Mutation> all() {
    return Mutations.ALL;
  }

  static List<Design> designs() {
    return Designs.ALL.stream()
        .filter(d -> Mutations.ALL.stream().anyMatch(m -> m.design().equals(d.name())))
        .toList();
  }

  /** Survivors climb higher in {@code ./kstack mutate}. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void isKilledOrEquivalent(Mutation mutation) {
    boolean climbs = mutation.expected() instanceof Expected.Killed;
    Fate fate = fate(mutation, climbs ? Rung.QUICK : Rung.QUICK.subList(0, 2));
    assertEquals(Outcome.AS_EXPECTED, new Trial(mutation, fate).outcome(), fate::toString);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("designs")
  void designWithoutAMistakePasses(Design design) {
    Mutation nothing = Mutation.of(design.name(), "nothing", "nothing");
    assertInstanceOf(Fate.Survived.class, fate(nothing, Rung.of(design, Rung.QUICK)));
  }

  @Test
  void namesAreUnique() {
    Set<String> names = new HashSet<>();
    Mutations.ALL.forEach(m -> assertTrue(names.add(m.name()), m::name));
  }

  static Fate fate(Mutation mutation, ImmutableList<Rung> rungs) {
    return fate(mutation, rungs, SETTINGS);
  }

  static Fate fate(Mutation mutation, ImmutableList<Rung> rungs, Settings settings) {
    return search(mutation, settings).fate(mutation, rungs);
  }

  static MutantSearch search(Mutation mutation, Settings settings) {
    Design design =
        Designs.ALL.stream()
            .filter(d -> d.name().equals(mutation.design()))
            .findFirst()
            .orElseThrow();
    return new MutantSearch(design, settings);
  }
}
