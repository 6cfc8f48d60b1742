package dev.kstack.model.machine;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One shared word of the machine: a name, a type, a width in bits, and where its bits stand in the
 * packed state. Declared by a {@link Layout}, which also places it.
 */
public final class Word {
  static final int NOBODY = -1;

  private static final Pattern INDEX = Pattern.compile("\\[[^]]*]");

  private final Layout layout;
  private final String name;
  private final WordType type;
  private final int bits;
  private final int max;
  private final int number;
  private final int column;
  private final @Nullable Lock guard;
  private final int owner;
  private String[] valueNames = {};
  private Answer answeredBy = (memory, value) -> 0;
  private boolean ghost;
  private boolean observed;
  private boolean lock;
  private boolean tried;
  private int place;
  private @Nullable Watcher watcher;
  private @Nullable Exclusive exclusive;
  private String rule = "";
  private boolean trusted = true;
  private boolean readByAll;

  // Where the bits are: set once, when the layout is complete.
  int index;
  int shift;
  long mask;

  Word(
      Layout layout,
      String name,
      WordType type,
      int bits,
      int max,
      int number,
      int column,
      @Nullable Lock guard,
      int owner) {
    this.layout = layout;
    this.name = name;
    this.type = type;
    this.bits = bits;
    this.max = max;
    this.number = number;
    this.column = column;
    this.guard = guard;
    this.owner = owner;
  }

  public Layout layout() {
    return layout;
  }

  public String name() {
    return name;
  }

  public WordType type() {
    return type;
  }

  public int bits() {
    return bits;
  }

  /** The largest value that means something. */
  int max() {
    return max;
  }

  /** The position in {@link Layout#words()}. */
  public int number() {
    return number;
  }

  /** The task whose word this is (1 up), or 0 if it belongs to no task in particular. */
  public int column() {
    return column;
  }

  /** What it is called without its task and numbers: {@code pte[]}, {@code rq[].lock}. */
  public String kind() {
    String own = column > 0 ? name.substring(name.indexOf('.') + 1) : name;
    return INDEX.matcher(own).replaceAll("[]");
  }

  /** The lock that must be held to touch it, if there is one and it can be relied on. */
  public @Nullable Lock guard() {
    return trusted ? guard : null;
  }

  /** The only process that may touch it, if that can be relied on; or -1. */
  public int owner() {
    return trusted ? owner : NOBODY;
  }

  /** Kept or not. */
  @Nullable Lock declaredGuard() {
    return guard;
  }

  int declaredOwner() {
    return owner;
  }

  @Nullable Exclusive declaredExclusive() {
    return exclusive;
  }

  /** Names for the values, for people: {@code state = SLEEPING} rather than {@code state = 1}. */
  public Word called(String... names) {
    this.valueNames = names.clone();
    return this;
  }

  /** Declares that no kernel and no hardware has the word: it only records what happened. */
  public Word asGhost() {
    this.ghost = true;
    return this;
  }

  public boolean ghost() {
    return ghost;
  }

  /** Declares that an {@link Observer} looks at it. */
  public Word asObserved() {
    this.observed = true;
    return this;
  }

  boolean observed() {
    return observed;
  }

  void setLock() {
    lock = true;
  }

  /** Is it the holder of a lock? */
  public boolean isLock() {
    return lock;
  }

  void setTried() {
    tried = true;
  }

  /** Is it the holder of a lock that {@link Lock#mayBeTried()}? */
  public boolean tried() {
    return tried;
  }

  void setPlace(int placeInOrder) {
    place = placeInOrder;
  }

  /** The place of the lock whose holder it is: see {@link Lock#at}; 0 if none is declared. */
  public int place() {
    return place;
  }

  /** Who must act before a word can change. */
  @FunctionalInterface
  public interface Answer {
    /**
     * Says it of one value, in one state.
     *
     * @return the processes that must act, all of them; bit p for process p; 0 if that is not known
     */
    int processes(Memory memory, int value);
  }

  /**
   * Declares who must act before the word can be what somebody waits for, so that circles are seen.
   */
  public Word answeredBy(Answer answer) {
    this.answeredBy = answer;
    return this;
  }

  /** Who must act, all of them, before the word can change; bit p for process p. */
  public int answeredBy(Memory memory) {
    return answeredBy.processes(memory, memory.get(this));
  }

  /**
   * Declares who alone may touch it, depending on the state.
   *
   * @param words the same for people, and where the kernel says so
   */
  public Word exclusiveBy(Exclusive by, String words) {
    this.exclusive = by;
    this.rule = words;
    return this;
  }

  void setRule(String words) {
    rule = words;
  }

  /**
   * Who alone may touch it, for people; of a lock, what it protects. Empty where nothing is said.
   */
  public String rule() {
    return rule.isEmpty() && guard != null ? guard.holder().rule : rule;
  }

  /**
   * Declares that anybody may look at it by {@code READ_ONCE()}, and breaks no rule; a search
   * cannot rely on that nobody does, though. Who acquires by it, or waits for it, means what it has
   * seen to stay so: that breaks the rule.
   */
  public Word readByAll() {
    readByAll = true;
    return this;
  }

  boolean isReadByAll() {
    return readByAll;
  }

  void distrust() {
    trusted = false;
  }

  /** May a search rely on who alone may touch it, or release it? See {@link Layout#distrust}. */
  public boolean trusted() {
    return trusted;
  }

  /** The rule of who alone may touch it now, if there is one and it can be relied on. */
  public @Nullable Exclusive exclusive() {
    return trusted ? exclusive : null;
  }

  /** Runs the watcher inside every operation that changes the word. */
  public Word watchedBy(Watcher w) {
    this.watcher = w;
    return this;
  }

  /** Does something else happen in the operation that changes it? */
  public boolean watched() {
    return watcher != null;
  }

  @Nullable Watcher watcher() {
    return watcher;
  }

  /** The index of the long that holds the word, in a packed state. */
  public int index() {
    return index;
  }

  /** How far the word's lowest bit is from the lowest of its long. */
  public int shift() {
    return shift;
  }

  /** The word's bits, shifted down. */
  public long mask() {
    return mask;
  }

  /** The value as people write it. */
  public String show(int value) {
    return value >= 0 && value < valueNames.length ? valueNames[value] : layout.show(type, value);
  }

  @Override
  public String toString() {
    return name;
  }
}
