package dev.kstack.checks.explore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Tables in one file that is mapped piece by piece, and cut into tables. What of it is in memory
 * the system decides; it writes the rest out, and reads it when it is looked at.
 */
final class DiskRoom implements Room {
  private static final int LEAST_PIECE = 1 << 16;
  private static final int LARGEST_PIECE = 1 << 26;

  /** Of what there is, so much is added: small searches take little, large ones few pieces. */
  private static final int SHARE = 16;

  private final Opener opener;
  private final Extender extender;
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private long length;
  private @Nullable FileChannel file;

  /** Makes a new file. */
  @FunctionalInterface
  interface Opener {
    FileChannel open() throws IOException;
  }

  /** Makes a file longer by so many zeros. */
  @FunctionalInterface
  interface Extender {
    void extend(FileChannel file, long from, long bytes) throws IOException;
  }

  DiskRoom(Opener opener, Extender extender) {
    this.opener = opener;
    this.extender = extender;
  }

  private ByteBuffer bytes(long count) {
    if (piece.remaining() < count) {
      long bytes = Math.max(count, Math.min(LARGEST_PIECE, Math.max(LEAST_PIECE, length / SHARE)));
      try {
        if (file == null) {
          file = opener.open();
        }
        extender.extend(file, length, bytes);
        piece = file.map(FileChannel.MapMode.READ_WRITE, length, bytes);
      } catch (IOException e) {
        throw new DiskFullException(e);
      }
      length += bytes;
    }
    ByteBuffer cut = piece.slice(piece.position(), (int) count).order(ByteOrder.nativeOrder());
    piece.position(piece.position() + (int) count);
    return cut;
  }

  @Override
  public IntBuffer ints(int count) {
    return bytes((long) count * Integer.BYTES).asIntBuffer();
  }

  @Override
  public CharBuffer chars(int count) {
    return bytes((long) count * Character.BYTES).asCharBuffer();
  }

  @Override
  public LongBuffer longs(int count) {
    return bytes((long) count * Long.BYTES).asLongBuffer();
  }

  /** The system's, not the search's. */
  @Override
  public long memory(long bytes) {
    return 0;
  }

  /** The space is free at once, although the JVM keeps the mapping until it collects it. */
  @Override
  public void close() {
    if (file == null) {
      return;
    }
    try (FileChannel open = file) {
      open.truncate(0);
    } catch (IOException e) {
      // It has no name, and is gone with the program at the latest.
    }
  }
}
