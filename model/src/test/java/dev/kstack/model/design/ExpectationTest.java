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
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is written down before a search is what is asked of it, and no more. */
class ExpectationTest {
  @Test
  void whatIsNotNamedHoldsAndIsReached() {
    for (Hardware hardware : Hardware.values()) {
      for (Property property : StackProperties.ALL) {
        assertTrue(Expectation.allHolds().expects(hardware, property), property.name());
      }
    }
  }

  @Test
  void whatIsNamedForOneHardwareIsExpectedThereOnly() {
    Expectation e = Expectation.allHolds().violates(SPEC_FILL, NO_STACK_FAULT);
    assertFalse(e.expects(SPEC_FILL, NO_STACK_FAULT));
    assertTrue(e.expects(MANUALS, NO_STACK_FAULT));
    assertTrue(e.expects(SPEC_FILL, DEADLOCK_FREE));
  }

  @Test
  void whatIsNamedWithoutHardwareIsExpectedUnderAll() {
    Expectation e = Expectation.allHolds().violates(NO_STACK_FAULT).neverReaches(PARKS);
    for (Hardware hardware : Hardware.values()) {
      assertFalse(e.expects(hardware, NO_STACK_FAULT));
      assertFalse(e.expects(hardware, PARKS));
      assertTrue(e.expects(hardware, RECLAIMS));
    }
  }

  @Test
  void whatIsNotClaimedIsThatAlone() {
    Expectation e =
        Expectation.allHolds().doesNotClaim(NO_STACK_FAULT).violates(MANUALS, DEADLOCK_FREE);
    assertFalse(e.claims(NO_STACK_FAULT));
    assertTrue(e.claims(DEADLOCK_FREE));
    assertFalse(e.expects(MANUALS, DEADLOCK_FREE));
    assertTrue(Expectation.allHolds().claims(NO_STACK_FAULT));
  }

  /** To expect a violation of what is not claimed would be to expect what nobody looks at. */
  @Test
  void nothingIsBothNotClaimedAndViolated() {
    for (Design design : Designs.ALL) {
      for (Property property : design.expectation().notClaimed()) {
        assertFalse(design.expectation().violated().containsValue(property), design.name());
        for (Defect defect : design.defects()) {
          assertFalse(
              !defect.expectation().claims(property)
                  && defect.expectation().violated().containsValue(property),
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
    assertFalse(e.expects(SPEC_FILL, NO_STACK_FAULT));
    assertFalse(e.expects(SPEC_FILL, DEADLOCK_FREE));
    assertFalse(e.expects(MANUALS, PARKS));
  }

  /**
   * A defect that breaks nothing more than its design would show nothing; but for H4 at switch-out,
   * which shows that the flush that is possible there does not mend what the design has. It breaks
   * what its design breaks, unless it never reclaims anything. Progress does not count: it depends
   * on the sizes.
   */
  @Test
  void everyDefectIsExpectedToBreakMoreThanItsDesign() {
    for (Design design : Designs.ALL) {
      for (Defect defect : design.defects()) {
        boolean mendsNothing = design.name().equals("switch-out") && defect.hazard().equals("H4");
        boolean more = false;
        for (Hardware hardware : Hardware.values()) {
          Set<Property> breaks = safety(defect.expectation(), hardware);
          boolean reclaims = defect.expectation().expects(hardware, RECLAIMS);
          assertTrue(
              !reclaims || breaks.containsAll(safety(design.expectation(), hardware)),
              defect.hazard());
          breaks.removeAll(safety(design.expectation(), hardware));
          more |= !breaks.isEmpty();
        }
        assertEquals(!mendsNothing, more, design.name() + "+" + defect.hazard());
      }
    }
  }

  private static Set<Property> safety(Expectation expectation, Hardware hardware) {
    Set<Property> safety = new HashSet<>(expectation.violated().get(hardware));
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
        assertTrue(defect.hazard().matches("H\\d+|KNL4|RACE"), defect.hazard());
        assertTrue(names.add(design.name() + "+" + defect.hazard()), defect.hazard());
        assertFalse(defect.interleaving().isBlank(), defect.hazard());
      }
    }
  }
}
