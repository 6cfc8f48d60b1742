package dev.kstack.model.design;

import static dev.kstack.model.hardware.Hardware.MANUALS;
import static dev.kstack.model.hardware.Hardware.SPEC_FILL;
import static dev.kstack.spec.StackProperties.DEADLOCK_FREE;
import static dev.kstack.spec.StackProperties.NO_STACK_FAULT;
import static dev.kstack.spec.StackProperties.PARKS;
import static dev.kstack.spec.StackProperties.RECLAIMS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written down before a search is what is asked of it, and no more. */
class ExpectationTest {
  @Test
  void whatIsNotNamedHoldsAndIsReached() {
    for (Hardware hardware : Hardware.values()) {
      for (Property property : StackProperties.ALL) {
        assertTrue(
            Expectation.allHolds().expects(Assumptions.of(hardware), property), property.name());
      }
    }
  }

  @Test
  void whatIsNamedForOneHardwareIsExpectedThereOnly() {
    Expectation e = Expectation.allHolds().violates(SPEC_FILL, NO_STACK_FAULT);
    assertFalse(e.expects(Assumptions.of(SPEC_FILL), NO_STACK_FAULT));
    assertTrue(e.expects(Assumptions.of(MANUALS), NO_STACK_FAULT));
    assertTrue(e.expects(Assumptions.of(SPEC_FILL), DEADLOCK_FREE));
  }

  @Test
  void whatIsNamedWithoutHardwareIsExpectedUnderAll() {
    Expectation e = Expectation.allHolds().violates(NO_STACK_FAULT).neverReaches(PARKS);
    for (Hardware hardware : Hardware.values()) {
      assertFalse(e.expects(Assumptions.of(hardware), NO_STACK_FAULT));
      assertFalse(e.expects(Assumptions.of(hardware), PARKS));
      assertTrue(e.expects(Assumptions.of(hardware), RECLAIMS));
    }
  }

  @Test
  void whatIsNotClaimedIsThatAlone() {
    Expectation e =
        Expectation.allHolds().doesNotClaim(NO_STACK_FAULT).violates(MANUALS, DEADLOCK_FREE);
    assertFalse(e.claims(NO_STACK_FAULT));
    assertTrue(e.claims(DEADLOCK_FREE));
    assertFalse(e.expects(Assumptions.of(MANUALS), DEADLOCK_FREE));
    assertTrue(Expectation.allHolds().claims(NO_STACK_FAULT));
  }

  /** To expect a violation of what is not claimed would be to expect what nobody looks at. */
  @Test
  void nothingIsBothNotClaimedAndViolated() {
    for (Design design : Designs.ALL) {
      for (Property property : design.expectation().notClaimed()) {
        assertFalse(violatedAnywhere(design.expectation(), property), design.name());
        for (Defect defect : design.defects()) {
          assertFalse(
              !defect.expectation().claims(property)
                  && violatedAnywhere(defect.expectation(), property),
              design.name() + "+" + defect.hazard());
        }
      }
    }
  }

  @Test
  void whatIsAddedKeepsWhatWasThere() {
    Expectation e =
        Expectation.allHolds()
            .violates(SPEC_FILL, NO_STACK_FAULT)
            .neverReaches(PARKS)
            .violates(DEADLOCK_FREE);
    assertFalse(e.expects(Assumptions.of(SPEC_FILL), NO_STACK_FAULT));
    assertFalse(e.expects(Assumptions.of(SPEC_FILL), DEADLOCK_FREE));
    assertFalse(e.expects(Assumptions.of(MANUALS), PARKS));
  }

  /**
   * A defect that breaks nothing more than its design would show nothing; but for H4 at switch-out,
   * which shows that the flush that is possible there does not mend what the design has. It breaks
   * what its design breaks, unless it never reclaims anything; but for progress, which depends on
   * the sizes.
   */
  @Test
  void everyDefectIsExpectedToBreakMoreThanItsDesign() {
    for (Design design : Designs.ALL) {
      for (Defect defect : design.defects()) {
        boolean mendsNothing = design.name().equals("switch-out") && defect.hazard().equals("H4");
        boolean more = false;
        for (Assumptions assumed : where(defect)) {
          Set<Property> breaks = safety(defect.expectation(), assumed);
          boolean reclaims = defect.expectation().expects(assumed, RECLAIMS);
          assertTrue(
              !reclaims || breaks.containsAll(safety(design.expectation(), assumed)),
              defect.hazard());
          Set<Property> own = new HashSet<>(defect.expectation().violated(assumed));
          own.removeAll(design.expectation().violated(assumed));
          more |= !own.isEmpty();
        }
        boolean atOtherSizes =
            defect.hazard().equals("H37"); // SearchTest looks at its design there
        assertEquals(!mendsNothing && !atOtherSizes, more, design.name() + "+" + defect.hazard());
      }
    }
  }

  private static boolean violatedAnywhere(Expectation expectation, Property property) {
    return Stream.of(Hardware.values())
        .anyMatch(mode -> expectation.violated(Assumptions.of(mode)).contains(property));
  }

  private static List<Assumptions> where(Defect defect) {
    return defect.searches().stream()
        .flatMap(
            search ->
                Stream.of(Hardware.values())
                    .filter(mode -> search.hardware().isEmpty() || search.hardware().contains(mode))
                    .map(search::under))
        .toList();
  }

  private static Set<Property> safety(Expectation expectation, Assumptions assumed) {
    Set<Property> safety = new HashSet<>(expectation.violated(assumed));
    safety.removeIf(property -> property.kind() != Property.Kind.SAFETY);
    return safety;
  }

  @Test
  void designsAndHazardsHaveOneNameEachAndSayWhatTheyAre() {
    Set<String> names = new HashSet<>();
    for (Design design : Designs.ALL) {
      assertTrue(names.add(design.name()), design.name());
      assertFalse(design.source().isBlank(), design.name());
      for (Defect defect : design.defects()) {
        assertTrue(
            defect.hazard().matches("H\\d+|KNL4|RACE|LOOK|ORDER|TWICE|LINE"), defect.hazard());
        assertTrue(names.add(design.name() + "+" + defect.hazard()), defect.hazard());
        assertFalse(defect.interleaving().isBlank(), defect.hazard());
      }
    }
  }
}
