package dev.kstack.model.live;

/** Chooses what a run chose before; at the end of it, the process is left where it is. */
public final class ScriptedChooser implements Chooser {
  private final int[] script;
  private int next;

  public ScriptedChooser(int... script) {
    this.script = script.clone();
  }

  /**
   * The next of the script.
   *
   * @throws Diverged if it cannot be chosen
   */
  @Override
  public int choose(String what, int[] values) {
    if (next == script.length) {
      throw EndOfRun.INSTANCE;
    }
    int chosen = script[next++];
    for (int value : values) {
      if (value == chosen) {
        return chosen;
      }
    }
    throw new Diverged("the run chooses %d for %s, which is not possible".formatted(chosen, what));
  }
}
