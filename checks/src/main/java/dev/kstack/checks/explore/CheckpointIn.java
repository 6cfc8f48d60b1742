package dev.kstack.checks.explore;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads what {@link CheckpointOut} wrote, after it was looked at as a whole. */
final class CheckpointIn implements AutoCloseable {
  private static final int BUFFER = 1 << 20;
  private static final int MOST_TEXT = 1 << 20;

  private final FileChannel channel;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);

  CheckpointIn(FileChannel channel) {
    this.channel = channel;
  }

  /** Is it as it was written? Leaves the file at its beginning. */
  boolean isWhole() throws IOException {
    CRC32C sum = new CRC32C();
    channel.position(0);
    for (long left = channel.size() - Integer.BYTES; left > 0; ) {
      buffer.clear().limit((int) Math.min(BUFFER, left));
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          return false;
        }
      }
      buffer.flip();
      left -= buffer.remaining();
      sum.update(buffer);
    }
    buffer.clear().limit(0);
    boolean same = channel.size() > Integer.BYTES && getInt() == (int) sum.getValue();
    buffer.clear().limit(0);
    channel.position(0);
    return same;
  }

  boolean getBoolean() throws IOException {
    return getInt() != 0;
  }

  int getInt() throws IOException {
    return need(Integer.BYTES).getInt();
  }

  long getLong() throws IOException {
    return need(Long.BYTES).getLong();
  }

  double getDouble() throws IOException {
    return Double.longBitsToDouble(getLong());
  }

  String getText() throws IOException {
    int length = getInt();
    if (length < 0 || length > MOST_TEXT) {
      throw new EOFException("a text of %d bytes".formatted(length));
    }
    byte[] bytes = new byte[length];
    getBytes(bytes, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  void getBytes(byte[] values, int count) throws IOException {
    for (int from = 0; from < count; ) {
      int n = Math.min(count - from, need(1).remaining());
      buffer.get(values, from, n);
      from += n;
    }
  }

  void getInts(IntBuffer values, int count) throws IOException {
    for (int from = 0; from < count; ) {
      int n = Math.min(count - from, need(Integer.BYTES).remaining() / Integer.BYTES);
      values.slice(from, n).put(buffer.asIntBuffer().limit(n));
      buffer.position(buffer.position() + n * Integer.BYTES);
      from += n;
    }
  }

  void getChars(CharBuffer values, int count) throws IOException {
    for (int from = 0; from < count; ) {
      int n = Math.min(count - from, need(Character.BYTES).remaining() / Character.BYTES);
      values.slice(from, n).put(buffer.asCharBuffer().limit(n));
      buffer.position(buffer.position() + n * Character.BYTES);
      from += n;
    }
  }

  void getLongs(LongBuffer values, int begin, int count) throws IOException {
    for (int from = 0; from < count; ) {
      int n = Math.min(count - from, need(Long.BYTES).remaining() / Long.BYTES);
      values.slice(begin + from, n).put(buffer.asLongBuffer().limit(n));
      buffer.position(buffer.position() + n * Long.BYTES);
      from += n;
    }
  }

  private ByteBuffer need(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      buffer.compact();
      while (buffer.position() < bytes) {
        if (channel.read(buffer) < 0) {
          throw new EOFException("it ends too early");
        }
      }
      buffer.flip();
    }
    return buffer;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
