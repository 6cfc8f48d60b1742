package dev.kstack.checks.bench;

/**
 * One search, measured.
 *
 * @param states that it found
 * @param transitions that it took
 * @param seconds that it needed
 * @param visitedBytes memory of the visited set at the end; 0 if not known
 * @param allocatedBytes all that was allocated meanwhile, tables that grow included
 */
record Round(
    long states, long transitions, double seconds, long visitedBytes, long allocatedBytes) {
  double statesPerSecond() {
    return states / seconds;
  }

  double transitionsPerSecond() {
    return transitions / seconds;
  }

  double visitedBytesPerState() {
    return (double) visitedBytes / states;
  }

  double allocatedBytesPerTransition() {
    return (double) allocatedBytes / transitions;
  }
}
