package dev.kstack.checks.explore;

import java.io.IOException;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The points of a process's activations that a search has met, each with a number: what its workers
 * have in common. Numbers depend on who was first, so they are good for nothing but to tell nodes
 * of one search apart; what orders states and stands for them follows from {@link Node#hash}.
 *
 * <p>A worker looks here only for what it has not met itself: see {@link Automaton}.
 */
final class Nodes {
  /**
   * A point of an activation.
   *
   * @param op what the process wants there
   * @param rest is it between two activations?
   * @param local what it remembers
   * @param history what it has observed: see {@link History}
   * @param hash follows from what the node is, not from when it was found
   */
  record Node(Op op, boolean rest, int local, long[] history, long hash) {}

  private final Map<LongBuffer, Integer> numbers = new HashMap<>();
  private Node[] nodes = new Node[64];
  private volatile int size;

  int size() {
    return size;
  }

  synchronized boolean contains(LongBuffer key) {
    return numbers.containsKey(key);
  }

  /** The number of the node with that key; {@code fresh} is it if there is none yet. */
  synchronized int number(LongBuffer key, Node fresh) {
    Integer known = numbers.get(key);
    if (known != null) {
      return known;
    }
    int number = size;
    if (number == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * number);
    }
    nodes[number] = fresh;
    numbers.put(key, number);
    size = number + 1;
    return number;
  }

  synchronized @Nullable Node known(LongBuffer key) {
    Integer known = numbers.get(key);
    return known == null ? null : nodes[known];
  }

  /** Those from this one on. */
  synchronized Node[] from(int first) {
    return Arrays.copyOfRange(nodes, first, size);
  }

  /** Writes them in the order of their numbers. */
  synchronized void put(BitSet done, CheckpointOut out) throws IOException {
    out.putInt(size);
    for (int node = 0; node < size; node++) {
      out.putBoolean(nodes[node].rest());
      out.putBoolean(done.get(node));
      out.putInt(nodes[node].local());
      out.putInt(nodes[node].history().length);
      out.putLongs(LongBuffer.wrap(nodes[node].history()), 0, nodes[node].history().length);
    }
  }
}
