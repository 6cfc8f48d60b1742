package dev.kstack.checks.cli;

import dev.kstack.checks.report.PinnedCounts;
import dev.kstack.checks.report.UsageException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sources that this build was made from, where they still are. */
final class SourceTree {
  private SourceTree() {}

  /**
   * Where the pinned counts are checked in. This build is {@code checks/target/kstack.jar} or
   * {@code checks/target/classes}.
   */
  static Path pinnedCounts() {
    try {
      Path build =
          Path.of(SourceTree.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path resources = build.resolveSibling("../src/main/resources").normalize();
      if (Files.isDirectory(resources.resolveSibling("java"))) {
        String folder = PinnedCounts.class.getPackageName().replace('.', '/');
        return resources.resolve(folder).resolve(PinnedCounts.FILE);
      }
      throw new UsageException(
          "--accept-counts: works in the source tree only, and there is none at %s"
              .formatted(resources));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
