package dev.kstack.checks.explore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder for what does not fit into memory. Each search has a file there that has no name any
 * more once it is open, so that nothing is left of it, however the program ends.
 */
public final class Disk {
  private static final int ZEROS = 1 << 20;

  private final Path folder;
  private final Writer writer;

  /** Makes a file longer. */
  @FunctionalInterface
  interface Writer {
    void write(FileChannel file, ByteBuffer zeros, long at) throws IOException;
  }

  /** One that is there, and can be written to. */
  public Disk(Path folder) {
    this(folder, Disk::write);
  }

  Disk(Path folder, Writer writer) {
    this.folder = folder;
    this.writer = writer;
  }

  private static void write(FileChannel file, ByteBuffer zeros, long at) throws IOException {
    long to = at;
    while (zeros.hasRemaining()) {
      to += file.write(zeros, to);
    }
  }

  /**
   * Makes the folder where it is missing, and tries it.
   *
   * @throws IOException if nothing can be written there
   */
  public void tryOut() throws IOException {
    Files.createDirectories(folder);
    open().close();
  }

  private FileChannel open() throws IOException {
    Path file = Files.createTempFile(folder, "kstack", ".tables");
    return FileChannel.open(
        file,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE); // on Linux it loses its name at once
  }

  Room room() {
    return new DiskRoom(this::open, this::extend);
  }

  /**
   * Zeros are written, and not just the length set: a page of a file that has no place on the disk
   * yet finds out too late that there is none.
   */
  private void extend(FileChannel file, long from, long bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, bytes));
    for (long done = 0; done < bytes; done += zeros.limit()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - done));
      int limit = zeros.limit();
      writer.write(file, zeros, from + done);
      zeros.limit(limit);
    }
  }
}
