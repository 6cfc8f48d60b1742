package dev.kstack.checks.walks;

import dev.kstack.checks.explore.Explorer;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Job;
import dev.kstack.spec.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Measures how many random walks it takes until each defect breaks each property that it should,
 * for docs/engines.md. It is no test and runs for minutes, so only where it is asked for:
 *
 * <pre>
 * mvn -q test -pl checks -am -Dtest=RandomTestingTable -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dkstack.walks=3000
 * cat checks/target/random-testing.txt
 * </pre>
 */
@EnabledIfSystemProperty(named = "kstack.walks", matches = "\\d+")
class RandomTestingTable {
  private static final int SEEDS = 5;
  private static final String ROW = "%-15s %-10s %-22s %8s %9s %9s %8s %8s%n";

  @Test
  void write() throws IOException {
    int mostWalks = Integer.getInteger("kstack.walks");
    Path file = Path.of("target", "random-testing.txt");
    Files.writeString(
        file,
        ROW.formatted(
            "defect", "hardware", "property", "caught", "walks", "steps", "shrunk", "shortest"));
    Map<Job, Map<Property, Counterexample>> searched = new HashMap<>();
    for (Prey prey : Prey.all()) {
      Map<Property, Counterexample> shortest =
          searched.computeIfAbsent(
              prey.job(), job -> new Explorer(job.program(), Settings.DEFAULT).search().found());
      String row = row(prey, mostWalks, shortest.get(prey.property()).steps().size());
      Files.writeString(file, row, java.nio.file.StandardOpenOption.APPEND);
    }
  }

  /** Medians; of a seed that caught nothing, the walks and steps that it took are a lower bound. */
  private static String row(Prey prey, int mostWalks, int shortest) {
    Walker walker = Walker.of(prey.job());
    List<Long> walks = new ArrayList<>();
    List<Long> steps = new ArrayList<>();
    List<Long> shrunk = new ArrayList<>();
    for (long seed = 1; seed <= SEEDS; seed++) {
      Hunt hunt = Hunt.of(walker, Set.of(prey.property()), seed, mostWalks);
      walks.add((long) hunt.walks());
      steps.add(hunt.steps());
      if (hunt.last() != null) {
        shrunk.add((long) walker.shortened(hunt.last(), prey.property()).steps().size());
      }
    }
    String bound = shrunk.size() > SEEDS / 2 ? "" : ">";
    return ROW.formatted(
        prey.job().name(),
        prey.job().assumptions(),
        prey.property(),
        shrunk.size() + "/" + SEEDS,
        bound + median(walks),
        bound + median(steps),
        shrunk.isEmpty() ? "-" : median(shrunk),
        shortest);
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
