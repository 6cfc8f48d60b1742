package dev.kstack.model.live;

/**
 * Chooses what another run chose, where that is possible, else the first that is; at the end of it,
 * the process is left where it is.
 */
public final class PreferringChooser implements Chooser {
  private final int[] script;
  private int next;

  public PreferringChooser(int... script) {
    this.script = script.clone();
  }

  @Override
  public int choose(String what, int[] values) {
    if (next == script.length) {
      throw EndOfRun.INSTANCE;
    }
    int preferred = script[next++];
    for (int value : values) {
      if (value == preferred) {
        return value;
      }
    }
    return values[0];
  }
}
