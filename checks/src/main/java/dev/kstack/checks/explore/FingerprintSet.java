package dev.kstack.checks.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of 64-bit fingerprints: open addressing with linear probing, in segments that grow one by
 * one, so that growing needs little more memory than there is. A segment is between half and four
 * fifths full: 10 to 15 bytes a state, and half as many again where each has a number.
 */
final class FingerprintSet implements VisitedSet {
  private static final int SEGMENT_BITS = 8;
  private static final int FIRST_CAPACITY = 1 << 8;
  private static final double MAX_LOAD = 0.8;
  private static final double GROWTH = 1.5;

  /** Marks an empty slot; the fingerprint 0 is stored as 1. */
  private static final long EMPTY = 0;

  private final long[][] segments = new long[1 << SEGMENT_BITS][FIRST_CAPACITY];

  /** Beside each fingerprint its number; null where numbers are not kept. */
  private int @Nullable [][] numbers;

  private int number;
  private final int[] sizes = new int[1 << SEGMENT_BITS];
  private final int[] limits = new int[1 << SEGMENT_BITS];
  private long size;

  /** Makes what is fetched matter, or no code would be made for it. */
  private long fetched;

  private long bytes = (long) (1 << SEGMENT_BITS) * FIRST_CAPACITY * Long.BYTES;

  FingerprintSet() {
    this(false);
  }

  FingerprintSet(boolean numbered) {
    if (numbered) {
      numbers = new int[1 << SEGMENT_BITS][FIRST_CAPACITY];
      bytes += (long) (1 << SEGMENT_BITS) * FIRST_CAPACITY * Integer.BYTES;
    }
    Arrays.fill(limits, (int) (FIRST_CAPACITY * MAX_LOAD));
  }

  @Override
  public boolean add(long[] state, long fingerprint) {
    long f = fingerprint == EMPTY ? 1 : fingerprint;
    int s = segment(f);
    long[] slots = segments[s];
    int i = slot(f, slots.length);
    while (slots[i] != EMPTY) {
      if (slots[i] == f) {
        number = numbers == null ? 0 : numbers[s][i];
        return false;
      }
      i = i + 1 == slots.length ? 0 : i + 1;
    }
    slots[i] = f;
    if (numbers != null) {
      number = (int) size;
      numbers[s][i] = number;
    }
    size++;
    if (++sizes[s] > limits[s]) {
      grow(s);
    }
    return true;
  }

  @Override
  public void fetch(Pending states) {
    for (int i = 0; i < states.size(); i++) {
      long f = states.fingerprint(i);
      long[] slots = segments[segment(f)];
      fetched += slots[slot(f, slots.length)];
    }
  }

  private static int segment(long f) {
    return (int) (f >>> Long.SIZE - SEGMENT_BITS);
  }

  /**
   * Spreads the low bits over the segment, whatever its length: multiply and take the high word.
   */
  private static int slot(long f, int length) {
    return (int) ((f & 0xffffffffL) * length >>> Integer.SIZE);
  }

  private void grow(int s) {
    long[] old = segments[s];
    long[] slots = new long[(int) Math.min(Integer.MAX_VALUE - 8, (long) (old.length * GROWTH))];
    int[] oldNumbers = numbers == null ? null : numbers[s];
    int[] newNumbers = numbers == null ? null : new int[slots.length];
    for (int from = 0; from < old.length; from++) {
      long f = old[from];
      if (f != EMPTY) {
        int i = slot(f, slots.length);
        while (slots[i] != EMPTY) {
          i = i + 1 == slots.length ? 0 : i + 1;
        }
        slots[i] = f;
        if (newNumbers != null) {
          newNumbers[i] = oldNumbers[from];
        }
      }
    }
    segments[s] = slots;
    if (newNumbers != null) {
      numbers[s] = newNumbers;
      bytes += (long) (slots.length - old.length) * Integer.BYTES;
    }
    limits[s] = (int) (slots.length * MAX_LOAD);
    bytes += (long) (slots.length - old.length) * Long.BYTES;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public void forgetNumbers() {
    if (numbers != null) {
      for (int[] segment : numbers) {
        bytes -= (long) segment.length * Integer.BYTES;
      }
      numbers = null;
    }
  }

  @Override
  public void release() {
    Arrays.fill(segments, new long[0]);
    numbers = null;
    bytes = 0;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  /** At most the number of pairs over the number of fingerprints. */
  @Override
  public double collisionProbability() {
    return (double) size * size / 2 / 0x1p64;
  }
}
