package dev.kstack.model.live;

/**
 * A {@link LiveStep} as one number, which costs less to print: from the lowest bits on the process,
 * how often was chosen, and what.
 */
public final class StepCode {
  private static final int PROCESS_BITS = 5;
  private static final int COUNT_BITS = 3;
  private static final int CHOICE_BITS = 6;
  private static final int MOST_CHOICES = 7;

  private StepCode() {}

  /** Nothing chosen yet. */
  static long none(int process) {
    return process;
  }

  /** The same, and this was chosen too. */
  static long and(long code, int choice) {
    int count = count(code);
    if (count == MOST_CHOICES || choice >= 1 << CHOICE_BITS) {
      throw new IllegalStateException("too much was chosen for one operation");
    }
    return code + (1L << PROCESS_BITS)
        | (long) choice << PROCESS_BITS + COUNT_BITS + CHOICE_BITS * count;
  }

  static int count(long code) {
    return (int) (code >>> PROCESS_BITS) & MOST_CHOICES;
  }

  /** What it says. */
  public static LiveStep read(long code) {
    int[] choices = new int[count(code)];
    for (int i = 0; i < choices.length; i++) {
      choices[i] =
          (int) (code >>> PROCESS_BITS + COUNT_BITS + CHOICE_BITS * i) & (1 << CHOICE_BITS) - 1;
    }
    return new LiveStep((int) code & (1 << PROCESS_BITS) - 1, choices);
  }
}
