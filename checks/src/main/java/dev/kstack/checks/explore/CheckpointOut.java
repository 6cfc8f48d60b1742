package dev.kstack.checks.explore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes what a search keeps, and sums it up: {@link CheckpointIn} reads it. */
final class CheckpointOut {
  private static final int BUFFER = 1 << 20;

  private final WritableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C sum = new CRC32C();

  CheckpointOut(WritableByteChannel channel) {
    this.channel = channel;
  }

  void putBoolean(boolean value) throws IOException {
    putInt(value ? 1 : 0);
  }

  void putInt(int value) throws IOException {
    room(Integer.BYTES).putInt(value);
  }

  void putLong(long value) throws IOException {
    room(Long.BYTES).putLong(value);
  }

  void putDouble(double value) throws IOException {
    putLong(Double.doubleToRawLongBits(value));
  }

  void putText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putInt(bytes.length);
    putBytes(bytes, bytes.length);
  }

  /** The first of them. */
  void putBytes(byte[] values, int count) throws IOException {
    for (int from = 0; from < count; ) {
      int n = Math.min(count - from, room(1).remaining());
      buffer.put(values, from, n);
      from += n;
    }
  }

  /** The first of them. */
  void putInts(IntBuffer values, int count) throws IOException {
    for (int from = 0; from < count; ) {
      int n = Math.min(count - from, room(Integer.BYTES).remaining() / Integer.BYTES);
      buffer.asIntBuffer().put(values.slice(from, n));
      buffer.position(buffer.position() + n * Integer.BYTES);
      from += n;
    }
  }

  /** The first of them. */
  void putChars(CharBuffer values, int count) throws IOException {
    for (int from = 0; from < count; ) {
      int n = Math.min(count - from, room(Character.BYTES).remaining() / Character.BYTES);
      buffer.asCharBuffer().put(values.slice(from, n));
      buffer.position(buffer.position() + n * Character.BYTES);
      from += n;
    }
  }

  /** Some of them. */
  void putLongs(LongBuffer values, int begin, int count) throws IOException {
    for (int from = 0; from < count; ) {
      int n = Math.min(count - from, room(Long.BYTES).remaining() / Long.BYTES);
      buffer.asLongBuffer().put(values.slice(begin + from, n));
      buffer.position(buffer.position() + n * Long.BYTES);
      from += n;
    }
  }

  /** The sum of all: the end. */
  void finish() throws IOException {
    flush();
    putInt((int) sum.getValue());
    flush();
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws IOException {
    buffer.flip();
    sum.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }
}
