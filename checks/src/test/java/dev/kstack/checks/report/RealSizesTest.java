package dev.kstack.checks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The real sizes, and what is smaller. */
class RealSizesTest {
  private static final Catalogue CATALOGUE = new Catalogue(Designs.ALL);

  @Test
  void whatTheFileDoesNotNameIsSearchedAtTheRealSize() {
    RealSizes none = RealSizes.parse("# nothing\n");
    for (Job job : jobs(none)) {
      assertEquals(2, job.sizes().cpus());
      assertEquals(3, job.sizes().threads());
      assertEquals(4, job.sizes().pages());
      assertNull(none.whySmaller(job));
    }
  }

  @Test
  void whatItNamesIsSmallerAndSaysWhy() {
    RealSizes sizes = RealSizes.parse("shrinker\tH7\tmanuals\t2,2,3\ttoo many states\n");
    Subject subject = CATALOGUE.find("shrinker+H7");

    Job smaller =
        new Job(
            subject,
            Assumptions.of(Hardware.MANUALS),
            sizes.of(subject, Assumptions.of(Hardware.MANUALS)));
    assertEquals(new Sizes(2, 2, 3, 7, 0, 1), smaller.sizes());
    assertTrue(sizes.whySmaller(smaller).endsWith("too many states"));
    Sizes other = sizes.of(subject, Assumptions.of(Hardware.SPEC_FILL));
    assertEquals(3, other.threads());
  }

  @Test
  void everySearchOfThisBuildIsPossibleAndEveryLineIsOneOfThem() {
    RealSizes sizes = RealSizes.load();
    Set<String> known = new HashSet<>();
    for (Job job : jobs(sizes)) {
      known.add(RealSizes.key(job.subject(), job.assumptions()));
      boolean real =
          job.sizes().cpus() == 2 && job.sizes().threads() == 3 && job.sizes().pages() == 4;
      assertEquals(real, sizes.whySmaller(job) == null, job.name());
    }
    assertNotNull(sizes.exceptions());
    assertFalse(known.isEmpty());
    sizes.exceptions().forEach(line -> assertTrue(known.contains(line), line));
  }

  private static List<Job> jobs(RealSizes sizes) {
    return new JobPlan(List.of(), false, AssumptionChoice.NONE, sizes).jobs(CATALOGUE);
  }
}
