package dev.kstack.checks.cli;

import dev.kstack.checks.report.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is written as a whole or not at all. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Writes it.
   *
   * @param option by which the user named the file
   * @throws UsageException if it cannot be written
   */
  static void write(String option, Path file, String text) {
    if (Files.isDirectory(file)) {
      throw new UsageException("%s %s: is a folder".formatted(option, file));
    }
    Path half = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try {
        Files.writeString(half, text, StandardCharsets.UTF_8);
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        Files.deleteIfExists(half);
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new UsageException("%s %s: there is no such folder".formatted(option, file));
    } catch (IOException e) {
      throw new UsageException(
          "%s %s: cannot be written (%s)"
              .formatted(option, file, e.getClass().getSimpleName().replace("Exception", "")));
    }
  }
}
