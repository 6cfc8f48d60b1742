package dev.kstack.checks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.model.design.Design;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobPlanTest {
  private static final Catalogue CATALOGUE = new Catalogue(Designs.ALL);

  @Test
  void withoutNamesEverythingIsSearchedUnderTheHardwareOfEach() {
    List<Job> jobs = plan(List.of(), false, SizeOptions.NONE);

    int expected = CATALOGUE.all().stream().mapToInt(subject -> subject.assumptions().size()).sum();
    assertEquals(expected, jobs.size());
    assertTrue(jobs.stream().allMatch(Job::atDefaultSizes));
  }

  @Test
  void whereTheUserDoesNotSayADefectIsSearchedWhereItShows() {
    assertTrue(modes("switch-out").containsAll(Hardware.DEFAULT));
    assertTrue(modes("switch-out+H4").containsAll(Hardware.DEFAULT));
    assertEquals(Set.of(Hardware.STRAY_A), modes("switch-out+KNL4"));
  }

  @Test
  void aDesignIsSearchedWithoutItsDefectsUnlessTheyAreAskedFor() {
    assertEquals(Set.of("switch-out"), names(plan(List.of("switch-out"), false, SizeOptions.NONE)));

    Set<String> all = names(plan(List.of("switch-out"), true, SizeOptions.NONE));
    assertTrue(all.containsAll(Set.of("switch-out", "switch-out+H1", "switch-out+H8")));
  }

  @Test
  void namesMayBeUpperOrLowerCaseAndTwice() {
    List<Job> jobs = plan(List.of("Switch-Out+h8", "switch-out+H8"), false, SizeOptions.NONE);

    assertEquals(Set.of("switch-out+H8"), names(jobs));
    assertEquals(Hardware.DEFAULT.size(), jobs.size());
  }

  @Test
  void framesFollowFromThreadsAndPagesUnlessGiven() {
    SizeOptions larger = new SizeOptions(null, 3, 4, null, null, null);
    Design design = CATALOGUE.find("switch-out").design();
    Sizes sizes = plan(List.of("switch-out"), false, larger).get(0).sizes();
    assertEquals(design.sizes().frames().frames(3, 4), sizes.frames());

    SizeOptions given = new SizeOptions(null, 3, 4, 7, null, null);
    assertEquals(7, plan(List.of("switch-out"), false, given).get(0).sizes().frames());
  }

  @Test
  void unknownDesignIsRefusedWithNearNames() {
    assertEquals("no design is called 'swich-out'; did you mean switch-out?", refused("swich-out"));
    assertTrue(refused("qqqqqq").contains("the designs are: static, switch-out, shrinker, "));
  }

  @Test
  void unknownHazardIsRefusedWithThoseThatThereAre() {
    assertTrue(refused("switch-out+H99").contains("it has H1, H2"));
    assertTrue(refused("switch-out+H7").contains("but there is shrinker+H7"));
    assertTrue(refused("static+H1").contains("it has none"));
    assertTrue(refused("H7").contains("did you mean shrinker+H7"));
  }

  @Test
  void impossibleSizesAreRefusedWithTheReason() {
    assertEquals(
        "--pages 0: must be from 1 to 8",
        refused(new SizeOptions(null, null, 0, null, null, null)));
    assertEquals(
        "--cpus 9: must be from 1 to 8", refused(new SizeOptions(9, null, null, null, null, null)));
    assertEquals(
        "--speculation 8: must be from 0 to 7",
        refused(new SizeOptions(null, null, null, null, null, 8)));
    assertTrue(
        refused(new SizeOptions(null, 3, 4, 1, null, null))
            .startsWith(
                "--frames 1: switch-out with 3 threads of 4 pages needs at least 6: with fewer no"
                    + " thread can ever run"));
    assertTrue(refused(new SizeOptions(null, 3, 4, 31, null, null)).contains("at most 30"));
    assertTrue(
        refused(new SizeOptions(null, 8, 8, null, null, null))
            .contains("give --frames, from 15 on"));
    assertTrue(refused(new SizeOptions(null, 3, 4, 6, 4, null)).contains("at most 3"));
    assertTrue(refused(new SizeOptions(null, 3, 4, 6, -1, null)).contains("0 or more"));
  }

  @Test
  void stacksThatAreMappedForLifeNeedAllTheirFrames() {
    SizeOptions sizes = new SizeOptions(null, 2, 2, 3, null, null);
    UsageException e =
        assertThrows(UsageException.class, () -> plan(List.of("static"), false, sizes));
    assertTrue(e.getMessage().contains("needs at least 4: every page"), e.getMessage());
  }

  private static String refused(String name) {
    return assertThrows(UsageException.class, () -> plan(List.of(name), false, SizeOptions.NONE))
        .getMessage();
  }

  private static String refused(SizeOptions sizes) {
    return assertThrows(UsageException.class, () -> plan(List.of("switch-out"), false, sizes))
        .getMessage();
  }

  private static List<Job> plan(List<String> names, boolean defects, SizeOptions sizes) {
    return new JobPlan(names, defects, AssumptionChoice.NONE, sizes).jobs(CATALOGUE);
  }

  private static Set<Hardware> modes(String name) {
    return CATALOGUE.find(name).assumptions().stream()
        .map(Assumptions::hardware)
        .collect(Collectors.toSet());
  }

  private static Set<String> names(List<Job> jobs) {
    return jobs.stream().map(Job::name).collect(Collectors.toSet());
  }
}
