package dev.kstack.checks.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.Designs;
import org.junit.jupiter.api.Test;

class DecisionCodeTest {
  @Test
  void everyDesignAndDefectIsWhatItsCodeSays() throws Exception {
    for (Subject subject : new Catalogue(Designs.ALL).all()) {
      String code = DecisionCode.of(subject.decisions());

      assertEquals(subject.decisions(), DecisionCode.read(code), subject.name());
      assertFalse(code.contains(",") || code.contains(" "), code); // JPF would cut it there
    }
  }
}
