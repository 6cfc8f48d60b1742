package dev.kstack.checks.report;

import com.google.common.collect.ImmutableSortedMap;
import dev.kstack.checks.explore.SearchResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How large each search at the default sizes is, from a file that is checked in: a search that
 * quietly became smaller proves less, and nobody would notice.
 */
public final class PinnedCounts {
  /** Beside this class, and below {@code checks/src/main/resources} in the source tree. */
  public static final String FILE = "pinned-counts.tsv";

  private static final String HEADER =
      """
      # The size of every search at the default sizes. Written by: ./kstack check --accept-counts
      # design\tdefect\thardware\tcpus,threads,pages,frames,reserve,speculation\tstates\ttransitions\tdepth
      """;

  private static final String NO_DEFECT = "-";
  private static final int KEY_COLUMNS = 4;

  /** How large a search is. */
  record Counts(long states, long transitions, int depth) {
    static Counts of(SearchResult result) {
      return new Counts(result.states(), result.transitions(), result.depth());
    }

    @Override
    public String toString() {
      return "%,d states, %,d transitions, depth %d".formatted(states, transitions, depth);
    }
  }

  private final ImmutableSortedMap<String, Counts> counts;

  private PinnedCounts(Map<String, Counts> counts) {
    this.counts = ImmutableSortedMap.copyOf(counts);
  }

  /** Those that this build has. */
  public static PinnedCounts load() {
    try (InputStream in = PinnedCounts.class.getResourceAsStream(FILE)) {
      return parse(in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PinnedCounts parse(String text) {
    Map<String, Counts> counts = new TreeMap<>();
    for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
      List<String> columns = List.of(line.split("\t"));
      counts.put(
          String.join("\t", columns.subList(0, KEY_COLUMNS)),
          new Counts(
              Long.parseLong(columns.get(KEY_COLUMNS)),
              Long.parseLong(columns.get(KEY_COLUMNS + 1)),
              Integer.parseInt(columns.get(KEY_COLUMNS + 2))));
    }
    return new PinnedCounts(counts);
  }

  /** The file's text. */
  String text() {
    return HEADER
        + counts.entrySet().stream()
            .map(
                e ->
                    "%s\t%d\t%d\t%d\n"
                        .formatted(
                            e.getKey(),
                            e.getValue().states(),
                            e.getValue().transitions(),
                            e.getValue().depth()))
            .collect(Collectors.joining());
  }

  /** Writes the file that {@link #load} reads in the next build. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text(), StandardCharsets.UTF_8);
  }

  /** How large that search is, or null if nothing is pinned for its sizes and hardware. */
  @Nullable Counts of(Job job) {
    return counts.get(key(job));
  }

  /** How many states a search is known to have; 0 if that is not known. */
  public long states(Job job) {
    Counts pinned = job.isDefault() ? of(job) : null;
    return pinned == null ? 0 : pinned.states();
  }

  /**
   * In words, how the search differs from what is pinned; null if it does not, or cannot be
   * compared.
   */
  @Nullable String difference(Job job, SearchResult result) {
    if (!result.complete() || !job.isDefault()) {
      return null;
    }
    Counts pinned = of(job);
    Counts found = Counts.of(result);
    if (found.equals(pinned)) {
      return null;
    }
    String what =
        pinned == null
            ? "its counts are not pinned: %s".formatted(found)
            : "its counts changed: %s; pinned: %s".formatted(found, pinned);
    return what + "; if this is meant, accept it: ./kstack check --accept-counts";
  }

  /**
   * These, with the counts of the given runs in place of their own. Those of runs that are not
   * complete or not at the default sizes stay as they are; those that no search of the catalogue
   * has, go.
   */
  public PinnedCounts accepting(List<RunReport> runs, List<Job> catalogue) {
    Map<String, Counts> accepted = new TreeMap<>();
    for (Job job : catalogue) {
      Counts pinned = of(job);
      if (pinned != null) {
        accepted.put(key(job), pinned);
      }
    }
    for (RunReport run : runs) {
      if (run.result().complete() && run.job().isDefault()) {
        accepted.put(key(run.job()), Counts.of(run.result()));
      }
    }
    return new PinnedCounts(accepted);
  }

  private static String key(Job job) {
    var s = job.sizes();
    var defect = job.subject().defect();
    int[] sizes = {s.cpus(), s.threads(), s.pages(), s.frames(), s.reserve(), s.speculation()};
    return String.join(
        "\t",
        job.subject().design().name(),
        defect == null ? NO_DEFECT : defect.hazard(),
        job.assumptions().label(),
        Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining(",")));
  }
}
