package dev.kstack.checks.jpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.Designs;
import org.junit.jupiter.api.Test;

class DecisionCodeTest {
  @Test
  void aDesignIsWhatItsCodeSays() throws Exception {
    Catalogue catalogue = new Catalogue(Designs.ALL);
    int byName = 0;
    for (Subject subject : catalogue.all()) {
      String code = DecisionCode.orName(subject.decisions());
      if (code.equals(DecisionCode.BY_NAME)) {
        byName++;
        continue;
      }
      assertEquals(subject.decisions(), DecisionCode.read(code), subject.name());
      assertFalse(code.contains(",") || code.contains(" "), code); // JPF would cut it there
    }
    assertTrue(2 * byName < catalogue.all().size(), byName + " are known by their names alone");
  }
}
