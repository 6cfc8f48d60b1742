package dev.kstack.checks.explore;

import java.io.IOException;
import java.util.Arrays;

/** The whole states: no collision is possible. Takes the size of a state, and a half more. */
final class ExactSet implements VisitedSet {
  private static final int NONE = -1;

  private final int longs;
  private long size;
  private StateStore states;
  private final Fingerprint fingerprints;
  private final long[] scratch;
  private int[] slots = new int[1 << 12];

  ExactSet(int longs, Fingerprint fingerprints) {
    this.fingerprints = fingerprints;
    this.longs = longs;
    states = new StateStore(longs, Room.HEAP);
    scratch = new long[longs];
    Arrays.fill(slots, NONE);
  }

  /** New states are added in the order in which they get their numbers. */
  @Override
  public int add(long[] from, int at, long fingerprint, int tag) {
    int mask = slots.length - 1;
    int i = (int) fingerprint & mask;
    while (slots[i] != NONE) {
      if (states.holds(slots[i], from, at)) {
        return slots[i];
      }
      i = i + 1 & mask;
    }
    int number = states.size();
    slots[i] = number;
    states.extend(number + 1);
    states.set(number, from, at);
    size++;
    if (2 * states.size() > slots.length) {
      grow();
    }
    return Batch.NEW;
  }

  @Override
  public void number(long fingerprint, int number) {}

  /** They cost nothing: a number is where the state stands. */
  @Override
  public void forgetNumbers() {}

  @Override
  public void release() {
    states = new StateStore(longs, Room.HEAP);
    slots = new int[0];
  }

  /** The fingerprints are not kept: they are computed again. */
  private void grow() {
    enter(2 * slots.length);
  }

  private void enter(int length) {
    slots = new int[length];
    Arrays.fill(slots, NONE);
    int mask = slots.length - 1;
    for (int index = 0; index < states.size(); index++) {
      states.get(index, scratch);
      int i = (int) fingerprints.of(scratch) & mask;
      while (slots[i] != NONE) {
        i = i + 1 & mask;
      }
      slots[i] = index;
    }
  }

  @Override
  public long fetch(long fingerprint) {
    return 0; // for tests: speed does not matter
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public long bytes() {
    return states.bytes() + (long) slots.length * Integer.BYTES;
  }

  @Override
  public double collisionProbability() {
    return 0;
  }

  @Override
  public void put(CheckpointOut out) throws IOException {
    out.putLong(size);
    out.putInt(slots.length);
    states.put(0, out);
  }

  @Override
  public void take(CheckpointIn in) throws IOException {
    size = in.getLong();
    int length = in.getInt();
    states.take(in);
    enter(length);
  }
}
