package dev.kstack.checks.report;

import static com.google.common.collect.ImmutableSet.toImmutableSet;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.spec.Property;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run of {@code check} has found: its report in JSON. What is not as expected and
 * was so then, with the same verdict at the same sizes, is nothing new, and does not fail a build.
 *
 * @param runs what was found of each search
 */
public record Baseline(ImmutableMap<String, Earlier> runs) {
  private static final long MOST_BYTES = 64L << 20;

  /**
   * A search of then.
   *
   * @param counts its size: states, transitions, depth
   * @param verdicts of its properties, by name
   */
  record Earlier(String counts, ImmutableMap<String, String> verdicts) {}

  /**
   * Reads the report.
   *
   * @throws UsageException if it cannot be read, or is no such report
   */
  public static Baseline read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new UsageException("is a folder, not a report");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw new UsageException("is too large for a report");
      }
      return of(new ObjectMapper().readTree(Files.readString(file)));
    } catch (UsageException e) {
      throw new UsageException(
          "--baseline %s: %s; it is what --format json prints".formatted(file, e.getMessage()));
    } catch (NoSuchFileException e) {
      throw new UsageException(
          "--baseline %s: there is no such file; make it: ./kstack check --format json > FILE"
              .formatted(file));
    } catch (JsonProcessingException | CharacterCodingException e) {
      throw new UsageException(
          "--baseline %s: is not JSON; it is what --format json prints".formatted(file));
    } catch (IOException e) {
      throw new UsageException("--baseline %s: cannot be read (%s)".formatted(file, Trouble.of(e)));
    }
  }

  private static Baseline of(JsonNode report) {
    if (!report.path("schema").asText().equals(JsonReport.SCHEMA)) {
      throw new UsageException("its schema is not %s".formatted(JsonReport.SCHEMA));
    }
    Map<String, Earlier> runs = new HashMap<>();
    for (JsonNode run : report.path("runs")) {
      ImmutableMap.Builder<String, String> verdicts = ImmutableMap.builder();
      for (JsonNode property : run.path("properties")) {
        verdicts.put(property.path("name").asText(), property.path("verdict").asText());
      }
      JsonNode sizes = run.path("config");
      String key =
          String.join(
              " ",
              run.path("design").asText(),
              run.path("defect").asText("-"),
              run.path("hardware").asText(),
              sizes(sizes));
      runs.put(
          key,
          new Earlier(
              counts(
                  run.path("states").asLong(),
                  run.path("transitions").asLong(),
                  run.path("depth").asLong()),
              verdicts.buildKeepingLast()));
    }
    return new Baseline(ImmutableMap.copyOf(runs));
  }

  private static String sizes(JsonNode config) {
    return "%d,%d,%d,%d,%d,%d"
        .formatted(
            config.path("cpus").asInt(),
            config.path("threads").asInt(),
            config.path("pages").asInt(),
            config.path("frames").asInt(),
            config.path("reserve").asInt(),
            config.path("speculation").asInt());
  }

  private static String counts(long states, long transitions, long depth) {
    return "%d %d %d".formatted(states, transitions, depth);
  }

  private static String key(Job job) {
    var s = job.sizes();
    var defect = job.subject().defect();
    return "%s %s %s %d,%d,%d,%d,%d,%d"
        .formatted(
            job.subject().design().name(),
            defect == null ? "-" : defect.hazard(),
            job.assumptions().label(),
            s.cpus(),
            s.threads(),
            s.pages(),
            s.frames(),
            s.reserve(),
            s.speculation());
  }

  /** The run, with what is nothing new marked so, and a remark that says it. */
  public RunReport compare(RunReport run) {
    @Nullable Earlier earlier = runs.get(key(run.job()));
    if (earlier == null) {
      return run;
    }
    ImmutableSet<Property> known =
        run.findings().stream()
            .filter(f -> !f.asExpected() || !f.decided())
            .filter(f -> f.verdict().label().equals(earlier.verdicts().get(f.property().name())))
            .map(Finding::property)
            .collect(toImmutableSet());
    boolean sameCounts =
        earlier
            .counts()
            .equals(
                counts(run.result().states(), run.result().transitions(), run.result().depth()));
    RunReport compared = run.withKnown(known, sameCounts);
    if (known.isEmpty()) {
      return compared;
    }
    return compared.withRemark(
        "as in the baseline: "
            + run.findings().stream()
                .filter(f -> known.contains(f.property()))
                .map(f -> "%s %s".formatted(f.property(), f.verdict()))
                .collect(joining(", ")));
  }
}
