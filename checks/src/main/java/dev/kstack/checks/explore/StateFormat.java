package dev.kstack.checks.explore;

import dev.kstack.model.machine.Layout;

/**
 * How a state of the whole system is packed: the shared words first, as their layout says, then the
 * node of each process, two to a long.
 */
final class StateFormat {
  private static final long NODE = 0xffffffffL;

  private final Layout layout;
  private final int words;
  private final int longs;
  private final int processes;

  StateFormat(Layout layout, int processes) {
    this.layout = layout;
    this.words = layout.longs();
    this.processes = processes;
    this.longs = words + (processes + 1) / 2;
  }

  Layout layout() {
    return layout;
  }

  int processes() {
    return processes;
  }

  /** How many longs the words take. */
  int words() {
    return words;
  }

  /** How many longs a state takes. */
  int longs() {
    return longs;
  }

  int node(long[] state, int process) {
    return (int) (state[words + (process >> 1)] >>> ((process & 1) << 5));
  }

  void setNode(long[] state, int process, int node) {
    int shift = (process & 1) << 5;
    int index = words + (process >> 1);
    state[index] = state[index] & ~(NODE << shift) | (long) node << shift;
  }
}
