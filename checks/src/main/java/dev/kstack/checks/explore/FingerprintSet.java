package dev.kstack.checks.explore;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of 64-bit fingerprints of which six bytes are stored: the first two say where. A segment
 * has the fingerprints with one first byte, and in it a page those with one second byte; pages of a
 * segment are equally long. In a page it is open addressing with linear probing. When one of its
 * pages is full, a segment grows by a fifth, so that growing needs little more memory than there
 * is. Of ten million states on, seven to nine bytes a state (7.4 of 41 million), and two thirds
 * more where each has a number; fewer states fill their pages less evenly and take up to twelve.
 * Several workers may add to it at once, each to its own segments ({@link #part}).
 */
final class FingerprintSet implements VisitedSet {
  private static final int SEGMENTS = 1 << 8;
  private static final int PAGES = 1 << 8;
  private static final int SLOT_BYTES = 6;
  private static final long STORED = (1L << 8 * SLOT_BYTES) - 1;

  /** A slot is read as a long, so there must be something behind the last one. */
  private static final int BEHIND = Long.BYTES - SLOT_BYTES;

  private static final int FIRST_SLOTS = 1;
  private static final double MAX_LOAD = 0.95;
  private static final double GROWTH = 1.2;

  /** Marks an empty slot; what would be stored as 0 is stored as 1. */
  private static final long EMPTY = 0;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long[] NO_STATE = {};

  private final byte[][] segments = new byte[SEGMENTS][];

  /** Beside each fingerprint its number; null where numbers are not kept. */
  private int @Nullable [][] numbers;

  /** Of each segment, how many slots each of its pages has, and how many of them are taken. */
  private final int[] slots = new int[SEGMENTS];

  private final int[][] taken = new int[SEGMENTS][PAGES];
  private final int[] sizes = new int[SEGMENTS];

  FingerprintSet(boolean numbered) {
    numbers = numbered ? new int[SEGMENTS][PAGES * FIRST_SLOTS] : null;
    Arrays.fill(slots, FIRST_SLOTS);
    for (int s = 0; s < SEGMENTS; s++) {
      segments[s] = page(FIRST_SLOTS);
    }
  }

  private static byte[] page(int slotsOfPage) {
    return new byte[PAGES * slotsOfPage * SLOT_BYTES + BEHIND];
  }

  /** Adds a state without a number. Returns whether it is new. */
  boolean add(long fingerprint) {
    return add(NO_STATE, 0, fingerprint, 0) == Batch.NEW;
  }

  @Override
  public int add(long[] states, int at, long f, int tag) {
    int s = segment(f);
    long rest = rest(f);
    int i = find(segments[s], slots[s], pageOf(f), rest);
    if (stored(segments[s], i) == rest) {
      return numbers == null ? 0 : numbers[s][i];
    }
    while (taken[s][pageOf(f)] + 1 > Math.ceil(slots[s] * MAX_LOAD)) {
      grow(s);
      i = find(segments[s], slots[s], pageOf(f), rest);
    }
    store(segments[s], i, rest);
    if (numbers != null) {
      numbers[s][i] = tag;
    }
    taken[s][pageOf(f)]++;
    sizes[s]++;
    return Batch.NEW;
  }

  /** Several workers may add at once, each to its own of these parts. */
  static int part(long fingerprint) {
    return segment(fingerprint);
  }

  @Override
  public void number(long f, int number) {
    int s = segment(f);
    numbers[s][find(segments[s], slots[s], pageOf(f), rest(f))] = number;
  }

  @Override
  public long fetch(long f) {
    int s = segment(f);
    return stored(segments[s], pageOf(f) * slots[s] + slot(rest(f), slots[s]));
  }

  private static int segment(long f) {
    return (int) (f >>> 56);
  }

  private static int pageOf(long f) {
    return (int) (f >>> 48) & PAGES - 1;
  }

  private static long rest(long f) {
    long rest = f & STORED;
    return rest == EMPTY ? 1 : rest;
  }

  /** Spreads the low bits over the page, whatever its length: multiply and take the high word. */
  private static int slot(long rest, int slotsOfPage) {
    return (int) ((rest & 0xffffffffL) * slotsOfPage >>> Integer.SIZE);
  }

  private static long stored(byte[] segment, int i) {
    return (long) LONG.get(segment, i * SLOT_BYTES) & STORED;
  }

  private static void store(byte[] segment, int i, long rest) {
    INT.set(segment, i * SLOT_BYTES, (int) rest);
    SHORT.set(segment, i * SLOT_BYTES + Integer.BYTES, (short) (rest >>> Integer.SIZE));
  }

  /** The slot of the page that has it, or else an empty one for it, or any if there is none. */
  private static int find(byte[] segment, int slotsOfPage, int page, long rest) {
    int begin = page * slotsOfPage;
    int end = begin + slotsOfPage;
    int i = begin + slot(rest, slotsOfPage);
    for (int left = slotsOfPage; left > 0; left--) {
      long there = stored(segment, i);
      if (there == rest || there == EMPTY) {
        return i;
      }
      i = i + 1 == end ? begin : i + 1;
    }
    return i;
  }

  private void grow(int s) {
    byte[] old = segments[s];
    int oldSlots = slots[s];
    int newSlots = Math.max(oldSlots + 1, (int) (oldSlots * GROWTH));
    byte[] segment = page(newSlots);
    int[] oldNumbers = numbers == null ? null : numbers[s];
    int[] newNumbers = numbers == null ? null : new int[PAGES * newSlots];
    for (int page = 0; page < PAGES; page++) {
      for (int from = page * oldSlots; from < (page + 1) * oldSlots; from++) {
        long rest = stored(old, from);
        if (rest != EMPTY) {
          int to = find(segment, newSlots, page, rest);
          store(segment, to, rest);
          if (newNumbers != null) {
            newNumbers[to] = oldNumbers[from];
          }
        }
      }
    }
    segments[s] = segment;
    slots[s] = newSlots;
    if (newNumbers != null) {
      numbers[s] = newNumbers;
    }
  }

  @Override
  public void forgetNumbers() {
    numbers = null;
  }

  @Override
  public void release() {
    Arrays.fill(segments, new byte[0]);
    numbers = null;
  }

  @Override
  public long size() {
    long size = 0;
    for (int ofSegment : sizes) {
      size += ofSegment;
    }
    return size;
  }

  @Override
  public long bytes() {
    long bytes = (long) SEGMENTS * PAGES * Integer.BYTES;
    for (byte[] segment : segments) {
      long ofNumbers = numbers == null ? 0 : (long) segment.length / SLOT_BYTES * Integer.BYTES;
      bytes += segment.length + ofNumbers;
    }
    return bytes;
  }

  /** At most the number of pairs over the number of fingerprints. */
  @Override
  public double collisionProbability() {
    double size = size();
    return size * size / 2 / 0x1p64;
  }

  @Override
  public void put(CheckpointOut out) throws IOException {
    out.putBoolean(numbers != null);
    for (int s = 0; s < SEGMENTS; s++) {
      out.putInt(slots[s]);
      out.putInt(sizes[s]);
      out.putInts(IntBuffer.wrap(taken[s]), PAGES);
      out.putInt(segments[s].length);
      out.putBytes(segments[s], segments[s].length);
      if (numbers != null) {
        out.putInts(IntBuffer.wrap(numbers[s]), numbers[s].length);
      }
    }
  }

  @Override
  public void take(CheckpointIn in) throws IOException {
    numbers = in.getBoolean() ? new int[SEGMENTS][] : null;
    for (int s = 0; s < SEGMENTS; s++) {
      slots[s] = in.getInt();
      sizes[s] = in.getInt();
      in.getInts(IntBuffer.wrap(taken[s]), PAGES);
      segments[s] = new byte[in.getInt()];
      in.getBytes(segments[s], segments[s].length);
      if (numbers != null) {
        numbers[s] = new int[PAGES * slots[s]];
        in.getInts(IntBuffer.wrap(numbers[s]), numbers[s].length);
      }
    }
  }
}
