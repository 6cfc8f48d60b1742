package dev.kstack.checks.least;

/**
 * The values that are possible.
 *
 * @param from the first
 * @param to the last
 * @param whyNotLess why there is none before; empty if that is plain
 * @param whyNotMore why there is none behind
 */
public record Range(int from, int to, String whyNotLess, String whyNotMore) {
  Range upTo(int last) {
    return last >= to ? this : new Range(from, Math.max(from, last), whyNotLess, "as was asked");
  }
}
