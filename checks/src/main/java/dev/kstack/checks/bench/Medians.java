package dev.kstack.checks.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The medians of some rounds of one search.
 *
 * @param rounds at least one; all found the same states
 */
record Medians(List<Round> rounds) {
  long states() {
    return rounds.get(0).states();
  }

  long transitions() {
    return rounds.get(0).transitions();
  }

  double of(ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
