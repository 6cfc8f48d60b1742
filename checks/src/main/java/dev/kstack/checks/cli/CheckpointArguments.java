package dev.kstack.checks.cli;

import dev.kstack.checks.explore.Settings;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What outlives the program. */
final class CheckpointArguments {
  private static final double DEFAULT_EVERY = 600;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description =
          "Write there, now and then, what the search needs to go on if it is killed, and what each"
              + " search that ends has found.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description = "So often, such as 30s or 2h. Default: 10m.")
  private @Nullable Double every;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on from there, with the same designs, assumptions and sizes, and write there on. The"
              + " budget, the workers and the form of the report may be others.")
  private @Nullable Path resume;

  boolean areNone() {
    return checkpoint == null && every == null && resume == null;
  }

  /**
   * Where the checkpoints of a command are; null if there are none.
   *
   * @throws UsageException if they cannot be there, or are of another command
   */
  @Nullable CheckpointFolder folder(List<Job> jobs, Settings settings) throws IOException {
    if (checkpoint == null && resume == null) {
      if (every != null) {
        throw new UsageException("--every: goes with --checkpoint or --resume only");
      }
      return null;
    }
    if (checkpoint != null && resume != null) {
      throw new UsageException(
          "--resume %s: writes checkpoints there, too; leave --checkpoint away".formatted(resume));
    }
    double seconds = every == null ? DEFAULT_EVERY : every;
    return resume == null
        ? CheckpointFolder.begin(checkpoint, jobs, settings, seconds)
        : CheckpointFolder.resume(resume, jobs, settings, seconds);
  }
}
