package dev.kstack.checks.explore;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A set of 64-bit fingerprints: open addressing with linear probing, in segments that grow one by
 * one, so that growing needs little more memory than there is. A segment is between half and four
 * fifths full: 10 to 15 bytes a state, and half as many again where each has a number. Several
 * workers may add to it at once, each to its own segments.
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

  private final int[] sizes = new int[1 << SEGMENT_BITS];
  private final int[] limits = new int[1 << SEGMENT_BITS];

  FingerprintSet() {
    this(false);
  }

  FingerprintSet(boolean numbered) {
    if (numbered) {
      numbers = new int[1 << SEGMENT_BITS][FIRST_CAPACITY];
    }
    Arrays.fill(limits, (int) (FIRST_CAPACITY * MAX_LOAD));
  }

  /** Adds a state without a number. Returns whether it is new. */
  boolean add(long fingerprint) {
    return add(segments[0], 0, fingerprint, 0) == Batch.NEW;
  }

  @Override
  public int add(long[] states, int at, long fingerprint, int tag) {
    long f = fingerprint == EMPTY ? 1 : fingerprint;
    int s = segment(f);
    long[] slots = segments[s];
    int i = slot(f, slots.length);
    while (slots[i] != EMPTY) {
      if (slots[i] == f) {
        return numbers == null ? 0 : numbers[s][i];
      }
      i = i + 1 == slots.length ? 0 : i + 1;
    }
    slots[i] = f;
    if (numbers != null) {
      numbers[s][i] = tag;
    }
    if (++sizes[s] > limits[s]) {
      grow(s);
    }
    return Batch.NEW;
  }

  @Override
  public int part(long fingerprint) {
    return segment(fingerprint);
  }

  @Override
  public void number(long fingerprint, int number) {
    long f = fingerprint == EMPTY ? 1 : fingerprint;
    int s = segment(f);
    long[] slots = segments[s];
    int i = slot(f, slots.length);
    while (slots[i] != f) {
      i = i + 1 == slots.length ? 0 : i + 1;
    }
    numbers[s][i] = number;
  }

  @Override
  public long fetch(long f) {
    long[] slots = segments[segment(f)];
    return slots[slot(f, slots.length)];
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
    }
    limits[s] = (int) (slots.length * MAX_LOAD);
  }

  @Override
  public void forgetNumbers() {
    numbers = null;
  }

  @Override
  public void release() {
    Arrays.fill(segments, new long[0]);
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
    long slots = 0;
    for (long[] segment : segments) {
      slots += segment.length;
    }
    return slots * (numbers == null ? Long.BYTES : Long.BYTES + Integer.BYTES);
  }

  /** At most the number of pairs over the number of fingerprints. */
  @Override
  public double collisionProbability() {
    double size = size();
    return size * size / 2 / 0x1p64;
  }
}
