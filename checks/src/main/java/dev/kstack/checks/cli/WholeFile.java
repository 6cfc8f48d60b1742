package dev.kstack.checks.cli;

import dev.kstack.checks.report.Trouble;
import dev.kstack.checks.report.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is written as a whole or not at all. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Sees whether it could be written, and changes nothing.
   *
   * @throws UsageException if not
   */
  static void tryOut(String option, Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UsageException("%s %s: is a folder".formatted(option, file));
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new UsageException( // such as /dev/stdout, a link that must not be replaced
          "%s %s: is a link or a device, not a plain file".formatted(option, file));
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new UsageException("%s %s: there is no such folder".formatted(option, file));
    }
    if (!Files.isWritable(folder)) {
      throw new UsageException("%s %s: cannot write in that folder".formatted(option, file));
    }
  }

  /**
   * Writes it.
   *
   * @param option by which the user named the file
   * @throws UsageException if it cannot be written
   */
  static void write(String option, Path file, String text) {
    tryOut(option, file);
    Path half = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try {
        Files.writeString(half, text, StandardCharsets.UTF_8);
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        Files.deleteIfExists(half);
        throw e;
      }
    } catch (IOException e) {
      throw new UsageException(
          "%s %s: cannot be written (%s)".formatted(option, file, Trouble.of(e)));
    }
  }
}
