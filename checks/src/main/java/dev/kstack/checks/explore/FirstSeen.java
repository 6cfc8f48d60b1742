package dev.kstack.checks.explore;

import java.io.IOException;
import java.nio.IntBuffer;

/** Where each claim was raised first: in which state, or by which step of it. */
final class FirstSeen {
  private long claims;
  private final int[] at;
  private final int[] byStep;

  FirstSeen(int count) {
    at = new int[count];
    byStep = new int[count];
  }

  /** Those that were raised, a bit each. */
  long claims() {
    return claims;
  }

  boolean has(int claim) {
    return (claims >>> claim & 1) != 0;
  }

  int at(int claim) {
    return at[claim];
  }

  /** -1 if it is the state itself. */
  int byStep(int claim) {
    return byStep[claim];
  }

  /** Remembers the first state, or step of it, at which each claim was raised. */
  void note(long raised, int state, int step) {
    long fresh = raised & ~claims;
    claims |= fresh;
    for (; fresh != 0; fresh &= fresh - 1) {
      int claim = Long.numberOfTrailingZeros(fresh);
      at[claim] = state;
      byStep[claim] = step;
    }
  }

  void put(CheckpointOut out) throws IOException {
    out.putLong(claims);
    out.putInts(IntBuffer.wrap(at), at.length);
    out.putInts(IntBuffer.wrap(byStep), byStep.length);
  }

  void take(CheckpointIn in) throws IOException {
    claims = in.getLong();
    in.getInts(IntBuffer.wrap(at), at.length);
    in.getInts(IntBuffer.wrap(byStep), byStep.length);
  }
}
