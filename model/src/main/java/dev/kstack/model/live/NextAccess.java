package dev.kstack.model.live;

/**
 * What a process will do next to one word, as an access to a variable of Java. A race detector of
 * Java programs looks at what threads will do next; of words it knows nothing. Nothing is ever in
 * the variable, so that nothing is remembered of who was here.
 */
final class NextAccess {
  private int nothing;

  int read() {
    return nothing;
  }

  void write() {
    nothing = 0;
  }
}
