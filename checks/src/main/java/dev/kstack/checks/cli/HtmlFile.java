package dev.kstack.checks.cli;

import dev.kstack.checks.report.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where a report goes as a page; all of it or nothing. */
final class HtmlFile {
  private final Path file;

  private HtmlFile(Path file) {
    this.file = file;
  }

  /**
   * Tries the folder of the file, before a long search and not after it.
   *
   * @throws UsageException if nothing can be written there
   */
  static HtmlFile at(Path file) {
    if (Files.isDirectory(file)) {
      throw new UsageException("--html %s: is a folder; name a file".formatted(file));
    }
    try {
      Files.delete(Files.createTempFile(folder(file), "kstack", ".tmp"));
      return new HtmlFile(file);
    } catch (IOException e) {
      throw new UsageException("--html %s: cannot write there (%s)".formatted(file, e));
    }
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }

  /**
   * Writes it.
   *
   * @throws IOException with a message for people
   */
  void write(String page) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(half, page, StandardCharsets.UTF_8);
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(half);
      throw new IOException("cannot write the report %s (%s)".formatted(file, e), e);
    }
  }
}
