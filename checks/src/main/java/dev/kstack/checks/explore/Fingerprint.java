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

  /**
   * Each long is mixed by itself, so that a processor mixes several at once; with its place, so
   * that it is another number in another place.
   */
  long of(long[] state) {
    long h = 0;
    long place = 0;
    for (int i = 0; i < format.words(); i++) {
      place += Mix.GOLDEN;
      h += Mix.mix(state[i] + place);
    }
    for (int p = 0; p < automata.length; p++) {
      place += Mix.GOLDEN;
      h += Mix.mix(automata[p].hash(format.node(state, p)) + place);
    }
    return Mix.mix(h);
  }
}
