package dev.kstack.checks.cli;

import dev.kstack.checks.explore.Disk;
import dev.kstack.checks.report.Trouble;
import dev.kstack.checks.report.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a search goes that does not fit into memory. */
final class DiskArgument {
  @Option(
      names = "--disk",
      paramLabel = "DIR",
      description =
          "Keep everything but the set of states there, in a file without a name: how each state was"
              + " found, those that are not expanded, and the steps. The set alone then takes"
              + " memory.")
  private @Nullable Path disk;

  /**
   * The folder; null if all stays in memory.
   *
   * @throws UsageException if nothing can be written there
   */
  @Nullable Disk open() {
    if (disk == null) {
      return null;
    }
    Disk there = new Disk(disk);
    try {
      there.tryOut();
    } catch (IOException e) {
      throw new UsageException("--disk %s: cannot write there (%s)".formatted(disk, Trouble.of(e)));
    }
    return there;
  }
}
