package dev.kstack.checks.explore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file of what a search keeps. It is written beside its place, synced and only then moved there,
 * so that whenever the program is killed there is a whole one or none; it says of what it is, and
 * ends with a sum.
 */
final class CheckpointFile {
  private static final long MAGIC = 0x6b737461636b4350L; // kstackCP

  /** Of what stands behind the head; to be counted up when that changes. */
  private static final int FORMAT = 1;

  static final String HALF = ".half";

  private CheckpointFile() {}

  /**
   * Of what a file is.
   *
   * @param build of which code
   * @param search which search by it
   */
  record Head(String build, String search) {}

  /** What stands in it. */
  @FunctionalInterface
  interface Content {
    void to(CheckpointOut out) throws IOException;
  }

  /** Writes all of it or nothing. */
  static void write(Path file, Head head, Content content) throws IOException {
    Path half = file.resolveSibling(file.getFileName() + HALF);
    try {
      try (FileChannel channel =
          FileChannel.open(
              half,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        CheckpointOut out = new CheckpointOut(channel);
        out.putLong(MAGIC);
        out.putInt(FORMAT);
        out.putText(head.build());
        out.putText(head.search());
        content.to(out);
        out.finish();
        channel.force(true);
      }
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      sync(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      Files.deleteIfExists(half);
      throw e;
    }
  }

  /** So that the name is on the disk as well; where a folder can be opened. */
  static void sync(Path folder) throws IOException {
    if (!System.getProperty("os.name", "").startsWith("Windows")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /**
   * Opens one, behind its head.
   *
   * @throws CheckpointRefusedException if it is damaged, or of something else
   */
  static CheckpointIn open(Path file, Head head) throws CheckpointRefusedException {
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      try {
        return behindHead(new CheckpointIn(channel), head);
      } catch (IOException | CheckpointRefusedException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new CheckpointRefusedException("it cannot be read: " + e.getMessage());
    }
  }

  private static CheckpointIn behindHead(CheckpointIn in, Head head)
      throws IOException, CheckpointRefusedException {
    if (in.getLong() != MAGIC) {
      throw new CheckpointRefusedException("it is no checkpoint of kstack");
    }
    if (!in.isWhole()) {
      throw new CheckpointRefusedException(
          "it is damaged: its checksum is not that of its content");
    }
    in.getLong();
    int format = in.getInt();
    if (format != FORMAT) {
      throw new CheckpointRefusedException(
          "it has format %d, and this kstack reads format %d".formatted(format, FORMAT));
    }
    String build = in.getText();
    if (!build.equals(head.build())) {
      throw new CheckpointRefusedException(
          "it is of another build, %s; this is %s".formatted(build, head.build()));
    }
    String search = in.getText();
    if (!search.equals(head.search())) {
      throw new CheckpointRefusedException(
          "it is of another search, of %s; this is of %s".formatted(search, head.search()));
    }
    return in;
  }
}
