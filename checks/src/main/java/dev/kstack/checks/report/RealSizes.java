package dev.kstack.checks.report;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.Goal;
import dev.kstack.model.design.Defect;
import dev.kstack.model.design.Expectation;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The size of the proposal: 2 CPUs, 3 threads, 4 pages a stack, and as many frames as each subject
 * has where nobody says how many. A seeded defect is searched there until it is found. A file that
 * is checked in has the searches that are too large for that, each with the largest sizes that were
 * found to end, and why.
 */
public final class RealSizes implements SizeChoice {
  /** Beside this class, and below {@code checks/src/main/resources} in the source tree. */
  static final String FILE = "real-sizes.tsv";

  private static final int CPUS = 2;
  private static final int THREADS = 3;
  private static final int PAGES = 4;
  private static final String NO_DEFECT = "-";
  private static final int KEY_COLUMNS = 3;

  private final ImmutableMap<String, Smaller> smaller;

  /** Sizes below the real ones, and why. */
  private record Smaller(SizeOptions sizes, String why) {}

  private RealSizes(ImmutableMap<String, Smaller> smaller) {
    this.smaller = smaller;
  }

  /** Those that this build has. */
  public static RealSizes load() {
    try (InputStream in = RealSizes.class.getResourceAsStream(FILE)) {
      return parse(in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RealSizes parse(String text) {
    ImmutableMap.Builder<String, Smaller> smaller = ImmutableMap.builder();
    for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
      List<String> columns = List.of(line.split("\t"));
      int[] s =
          Arrays.stream(columns.get(KEY_COLUMNS).split(",")).mapToInt(Integer::parseInt).toArray();
      smaller.put(
          String.join("\t", columns.subList(0, KEY_COLUMNS)),
          new Smaller(
              new SizeOptions(s[0], s[1], s[2], null, null, null), columns.get(KEY_COLUMNS + 1)));
    }
    return new RealSizes(smaller.buildOrThrow());
  }

  @Override
  public Sizes of(Subject subject, Assumptions assumptions) {
    Smaller less = smaller.get(key(subject, assumptions));
    SizeOptions options =
        less == null ? new SizeOptions(CPUS, THREADS, PAGES, null, null, null) : less.sizes();
    return options.of(subject);
  }

  /** Why its search is smaller than the real size; null if it is not. */
  public @Nullable String whySmaller(Job job) {
    Smaller less = smaller.get(key(job.subject(), job.assumptions()));
    return less == null
        ? null
        : "smaller than 2 CPUs, 3 threads, 4 pages: %s".formatted(less.why());
  }

  /**
   * What ends a search at the real size before it has visited everything: that it has found what a
   * seeded defect breaks, and its design does not. Progress is decided at the end only.
   */
  public Goal goal(Job job) {
    Defect defect = job.subject().defect();
    if (defect == null || whySmaller(job) != null) {
      return Goal.NONE;
    }
    Expectation design = job.subject().design().expectation();
    return Goal.allOf(
        StackProperties.ALL.stream()
            .filter(property -> property.kind() == Property.Kind.SAFETY)
            .filter(property -> defect.expectation().claims(property))
            .filter(property -> !defect.expectation().expects(job.assumptions(), property))
            .filter(property -> design.expects(job.assumptions(), property))
            .collect(ImmutableSet.toImmutableSet()));
  }

  /** The subjects and modes with a line of their own, as in the file. */
  Iterable<String> exceptions() {
    return smaller.keySet();
  }

  static String key(Subject subject, Assumptions assumptions) {
    return String.join(
        "\t",
        subject.design().name(),
        subject.defect() == null ? NO_DEFECT : subject.defect().hazard(),
        assumptions.label());
  }
}
