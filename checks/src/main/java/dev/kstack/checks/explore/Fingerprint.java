package dev.kstack.checks.explore;

/**
 * 64 bits that stand for a state. They follow from the words and from what each process has
 * observed, never from when it was found, so they are the same in every run.
 */
final class Fingerprint {
  private final StateFormat format;
  private final Automaton[] automata;

  Fingerprint(StateFormat format, Automaton[] automata) {
    this.format = format;
    this.automata = automata;
  }

  long of(long[] state) {
    long h = 0;
    for (int i = 0; i < format.words(); i++) {
      h = (h ^ state[i]) * 0x9e3779b97f4a7c15L;
      h ^= h >>> 32;
    }
    for (int p = 0; p < automata.length; p++) {
      h = (h ^ automata[p].hash(format.node(state, p))) * 0xd6e8feb86659fd93L;
      h ^= h >>> 32;
    }
    return Mix.mix(h);
  }
}
