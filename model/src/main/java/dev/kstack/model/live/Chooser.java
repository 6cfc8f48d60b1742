package dev.kstack.model.live;

/** The environment of one process: decides what the model leaves to it. */
@FunctionalInterface
public interface Chooser {
  /**
   * Decides.
   *
   * @param what for people: what is chosen
   * @param values what can be chosen; at least one
   * @return one of the values
   */
  int choose(String what, int[] values);
}
