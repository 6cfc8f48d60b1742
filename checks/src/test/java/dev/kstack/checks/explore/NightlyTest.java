package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The short form leaves out readings of the manuals, never a design or a defect. */
class NightlyTest {
  private final List<Subject> all = Subject.all();

  @Test
  void noDesignAndNoDefectIsLeftOut() {
    Set<String> names = new HashSet<>();
    Set<String> taken = new HashSet<>();
    for (Subject subject : all) {
      names.add(subject.name());
      if (Nightly.isChosen(subject)) {
        taken.add(subject.name());
      }
    }
    assertEquals(names, taken);
  }

  @Test
  void aDesignIsTakenUnderEveryHardware() {
    for (Subject subject : all) {
      assertTrue(subject.name().contains("+") || Nightly.isChosen(subject), subject::toString);
    }
  }

  @Test
  void whatShowsUnderSpecFillOnlyIsTakenThere() {
    List<String> stale =
        all.stream()
            .filter(s -> s.name().equals("shrinker+H5") && Nightly.isChosen(s))
            .map(s -> s.hardware().toString())
            .toList();
    assertEquals(List.of("spec-fill"), stale);
  }
}
