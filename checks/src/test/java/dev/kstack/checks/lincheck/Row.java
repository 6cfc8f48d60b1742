package dev.kstack.checks.lincheck;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import dev.kstack.checks.explore.SearchResult;
import dev.kstack.checks.jpf.JpfTask;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A defect, on a machine so small that every engine comes to an end of it.
 *
 * @param job the defect
 * @param lincheck is it within the reach of Lincheck?
 */
record Row(Job job, boolean lincheck) {
  private static final String FILE = "agreement.tsv";
  private static final int SIZES = 6;

  /** Lincheck takes a second or two for each: most are left to who asks for them. */
  private static final boolean LONG = Boolean.getBoolean("kstack.agreement.long");

  /** Those of the file, in its order. */
  static ImmutableList<Row> all() {
    try {
      return Resources.readLines(Resources.getResource(Row.class, FILE), StandardCharsets.UTF_8)
          .stream()
          .filter(line -> !line.startsWith("#"))
          .map(Row::of)
          .collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row of(String line) {
    List<String> fields = Splitter.on('\t').splitToList(line);
    Hardware hardware =
        Arrays.stream(Hardware.values())
            .filter(mode -> mode.label().equals(fields.get(1)))
            .findFirst()
            .orElseThrow();
    int[] n = fields.subList(2, 2 + SIZES).stream().mapToInt(Integer::parseInt).toArray();
    return new Row(
        new Job(
            new Catalogue(Designs.ALL).find(fields.get(0)),
            Assumptions.of(hardware),
            new Sizes(n[0], n[1], n[2], n[3], n[4], n[5])),
        fields.get(2 + SIZES).equals("lincheck") || LONG && fields.get(2 + SIZES).equals("long"));
  }

  /** The design without the defect, on the same machine. */
  Job mended() {
    return new Job(new Subject(job.subject().design(), null), job.assumptions(), job.sizes());
  }

  /** What the defect may break, and its design does not: what all engines are asked about. */
  ImmutableSet<Property> asked() {
    return mended().program().layout().claims().stream()
        .filter(JpfTask::canDecide)
        .filter(p -> p.kind() == Property.Kind.SAFETY)
        .filter(job.subject().expectation()::claims)
        .filter(mended().subject().expectation()::claims)
        .filter(p -> job.subject().design().expectation().expects(job.assumptions(), p))
        .collect(ImmutableSet.toImmutableSet());
  }

  /** What the environment does in the explorer's runs, the shortest first. */
  ImmutableList<Environment> environments(SearchResult explorer) {
    Set<Environment> environments = new LinkedHashSet<>();
    asked().stream()
        .filter(explorer.found()::containsKey)
        .map(p -> explorer.found().get(p))
        .sorted(Comparator.comparingInt(run -> run.steps().size()))
        .forEach(run -> environments.add(Environment.of(run, job.kernel().processes().size())));
    return ImmutableList.copyOf(environments);
  }

  @Override
  public String toString() {
    return job.name() + ", " + job.assumptions();
  }
}
