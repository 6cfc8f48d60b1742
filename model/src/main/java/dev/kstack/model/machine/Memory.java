package dev.kstack.model.machine;

import org.jspecify.annotations.Nullable;

/**
 * The shared words as they are now, and what went wrong or was reached in the operation under way.
 * One per explorer thread; {@link #bind} points it at a packed state. Where the words are kept is
 * the only thing that a subclass may change: see {@code live}.
 */
public class Memory {
  private final Layout layout;
  private long[] bits;

  private @Nullable Reader reader;
  private long raised;
  private long premises;
  private boolean fatal;
  private boolean modified;
  private String broken = "";
  private String raced = "";
  private Observer observer = Observer.NONE;
  private boolean observedChange;

  public Memory(Layout layout) {
    this.layout = layout;
    this.bits = new long[layout.longs()];
  }

  /** From now on, the words are those of this packed state (the first {@link Layout#longs()}). */
  public void bind(long[] state) {
    this.bits = state;
  }

  /** Is told of every word that is read. */
  public interface Reader {
    void reads(Word word);
  }

  /** From now on, this one is told; null: nobody. */
  public void tell(@Nullable Reader whom) {
    this.reader = whom;
  }

  public int get(Word word) {
    if (reader != null) {
      reader.reads(word);
    }
    return (int) (bits[word.index] >>> word.shift & word.mask);
  }

  /**
   * Stores, and runs the word's watcher if the value changes.
   *
   * @throws ModelError if the value is none of the word's
   */
  public void set(int process, Word word, int value) {
    int before = get(word);
    if (before == value) {
      return;
    }
    willChange(word, value);
    bits[word.index] ^= (long) (before ^ value) << word.shift;
    hasChanged(process, word, before, value);
  }

  /** To be called before another value is stored. */
  protected final void willChange(Word word, int value) {
    require(word, value);
    if (word.observed()) {
      observedChange = true;
      observer.willChange(this, word, value);
    }
    modified = true;
  }

  /** To be called after another value was stored: runs the word's watcher. */
  protected final void hasChanged(int process, Word word, int before, int value) {
    Watcher watcher = word.watcher();
    if (watcher != null) {
      watcher.changed(this, process, word, before, value);
    }
  }

  /** Stores without the watcher: for initial states. */
  public void init(Word word, int value) {
    int before = get(word);
    if (before != value) {
      require(word, value);
      modified = true;
      bits[word.index] ^= (long) (before ^ value) << word.shift;
    }
  }

  /** A negative value is too large for every word. */
  protected static void require(Word word, int value) {
    if (Integer.compareUnsigned(value, word.max()) > 0) {
      throw new ModelError(
          (value & ~word.mask) != 0
              ? "%s is %d bits wide, too narrow for %d".formatted(word, word.bits(), value)
              : "%s cannot be %d: a %s is at most %d"
                  .formatted(word, value, word.type(), word.max()));
    }
  }

  /**
   * A claim (see {@link Layout#claim}) was broken, or a sanity property reached, in this operation.
   */
  public void raise(long claim) {
    raised |= claim;
  }

  /** A claim was broken and no run goes on from here: the kernel has panicked. */
  public void panic(long claim) {
    raised |= claim;
    fatal = true;
  }

  /** The situation that a claim is about has come up. */
  public void premise(long claims) {
    premises |= claims;
  }

  /**
   * A rule of locking was broken in this operation.
   *
   * @param how for people; empty where nobody looks at single runs
   */
  public void breakRule(String how) {
    raise(layout.lockingRules());
    broken = how;
  }

  /** How a rule of locking was broken since this was asked last; empty if none was. */
  public String takeBroken() {
    String how = broken;
    broken = "";
    return how;
  }

  /**
   * Another access races with this operation.
   *
   * @param other the other one, for people
   */
  public void race(String other) {
    raise(layout.dataRace());
    raced = other;
  }

  /** What raced with an operation since this was asked last; empty if nothing did. */
  public String takeRaced() {
    String other = raced;
    raced = "";
    return other;
  }

  public long raised() {
    return raised;
  }

  public boolean panicked() {
    return fatal;
  }

  public long premises() {
    return premises;
  }

  /** From now on, no situation has come up yet. */
  public void clearPremises() {
    premises = 0;
  }

  /** Has a word changed since {@link #setModified} said false? */
  public boolean modified() {
    return modified;
  }

  public void setModified(boolean m) {
    modified = m;
  }

  /** Before a step. */
  public void clearRaised() {
    raised = 0;
    fatal = false;
  }

  /** From now on, this observer is told of what changes. */
  public void observedBy(Observer o) {
    observer = o;
  }

  /** Called after every operation. */
  public void endOperation() {
    if (observedChange) {
      observedChange = false;
      observer.operationEnded(this);
    }
  }

  public Layout layout() {
    return layout;
  }
}
