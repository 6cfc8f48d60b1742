package dev.kstack.checks.report;

import dev.kstack.spec.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where traces are written, a file each. */
public final class TraceFolder {
  private final Path folder;

  private TraceFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder where it is missing, and tries it.
   *
   * @throws UsageException if nothing can be written there
   */
  public static TraceFolder at(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("--trace-dir %s: is not a folder".formatted(folder));
    }
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "kstack", ".tmp"));
      return new TraceFolder(folder);
    } catch (IOException e) {
      throw new UsageException(
          "--trace-dir %s: cannot write there (%s)".formatted(folder, Trouble.of(e)));
    }
  }

  /**
   * Writes the trace of a property in a run, and beside it the same for programs; of each all or
   * nothing.
   *
   * @return the file for people
   * @throws IOException with a message for people
   */
  public Path write(Job job, Property property, String text, String json) throws IOException {
    Path file = write(job, property, text);
    write(folder.resolve(name(job, property) + ".json"), json);
    return file;
  }

  /**
   * Writes the trace of a property in a run for people alone.
   *
   * @throws IOException with a message for people
   */
  public Path write(Job job, Property property, String text) throws IOException {
    Path file = folder.resolve(name(job, property) + ".txt");
    write(file, text);
    return file;
  }

  private static String name(Job job, Property property) {
    return "%s-%s-%s".formatted(job.name(), job.assumptions().label(), property);
  }

  private static void write(Path file, String trace) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.writeString(half, trace, StandardCharsets.UTF_8);
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(half);
      throw new IOException("cannot write the trace %s (%s)".formatted(file, Trouble.of(e)), e);
    }
  }
}
