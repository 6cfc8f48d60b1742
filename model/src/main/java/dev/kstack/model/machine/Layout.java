package dev.kstack.model.machine;

import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the shared words of a machine are declared, and how they are packed into
 * longs. Words of a task ({@link #wordOf}) stand in longs of their own, the same positions for
 * every task, so that exchanging two tasks is exchanging longs.
 */
public final class Layout {
  /** Tasks have a letter each, and a set of them a bit each. */
  public static final int MAX_TASKS = 26;

  /** A set of frames is a positive int, and frame 0 is none. */
  public static final int MAX_FRAMES = 30;

  private final int tasks;
  private final int frames;
  private final List<Word> words = new ArrayList<>();
  private final List<Property> claims = new ArrayList<>();
  private long dataRace;
  private long lockingRules;
  private final Set<String> distrusted = new HashSet<>();
  private boolean exclusiveDistrusted;
  private int longs = -1;
  private int columnLongs;

  public Layout(int tasks, int frames) {
    if (tasks < 0 || tasks > MAX_TASKS) {
      throw new ModelError("a layout has 0 to %d tasks, not %d".formatted(MAX_TASKS, tasks));
    }
    if (frames < 0 || frames > MAX_FRAMES) {
      throw new ModelError("a layout has 0 to %d frames, not %d".formatted(MAX_FRAMES, frames));
    }
    this.tasks = tasks;
    this.frames = frames;
  }

  /** A word that anybody may touch at any time. */
  public Word word(String name, WordType type, int bits) {
    return declare(name, type, bits, 0, null, Word.NOBODY);
  }

  /** A word of one task (1 up). Every task must declare the same ones in the same order. */
  public Word wordOf(int task, String name, WordType type, int bits) {
    return declare(taskName(task) + "." + name, type, bits, task, null, Word.NOBODY);
  }

  /** A word that only the holder of the lock may touch. */
  public Word guarded(Lock lock, String name, WordType type, int bits) {
    return declare(name, type, bits, 0, lock, Word.NOBODY);
  }

  /** A word of one task that only the holder of the lock may touch. */
  public Word guardedOf(int task, Lock lock, String name, WordType type, int bits) {
    return declare(taskName(task) + "." + name, type, bits, task, lock, Word.NOBODY);
  }

  /** A word that only one process may touch, such as a per-CPU variable. */
  public Word ownedBy(int process, String name, WordType type, int bits) {
    return declare(name, type, bits, 0, null, process);
  }

  public Lock lock(String name) {
    return new Lock(word(name, WordType.NUMBER, 4));
  }

  /** A lock of one task. */
  public Lock lockOf(int task, String name) {
    return new Lock(wordOf(task, name, WordType.NUMBER, 4));
  }

  /** Registers what is claimed of the machine; the result is the claim's bit. */
  public long claim(Property property) {
    if (!claims.contains(property)) {
      claims.add(property);
    }
    return 1L << claims.indexOf(property);
  }

  /** Registers the claim that no plain access races: see {@link #dataRace()}. */
  public void claimNoDataRace(Property property) {
    dataRace = claim(property);
  }

  /**
   * The bit of the claim that no two processes can access one word next, one of them by a plain
   * access and one by a store: see tools/memory-model/Documentation/access-marking.txt of Linux. 0
   * where nothing is claimed.
   */
  public long dataRace() {
    return dataRace;
  }

  /** Registers the claim that every rule of locking is kept: see {@link #lockingRules()}. */
  public void claimLockingRules(Property property) {
    lockingRules = claim(property);
  }

  /**
   * The bit of the claim that a word is touched only by its owner, the holder of its lock, or whom
   * its {@link Exclusive} rule names, and a lock released only by its holder. 0 where nothing is
   * claimed: then who breaks a rule is an error of the model.
   */
  public long lockingRules() {
    return lockingRules;
  }

  /**
   * Some rules are broken: searches look whether they are kept, and rely on none of them. Nor do
   * they on any rule that depends on the state, since that may be what is changed by who breaks
   * one; nor on a lock that somebody releases who does not hold it, with all that it protects.
   *
   * @param kinds of which words the rules are: see {@link Word#kind}
   */
  public void distrust(Collection<String> kinds) {
    distrusted.addAll(kinds);
    exclusiveDistrusted |= !kinds.isEmpty();
  }

  /** The same of all rules that depend on the state, and of no others. */
  public void distrustExclusive() {
    exclusiveDistrusted = true;
  }

  private boolean isDistrusted(Word word) {
    Lock guard = word.declaredGuard();
    return exclusiveDistrusted && word.declaredExclusive() != null
        || distrusted.contains(word.kind())
        || guard != null && distrusted.contains(guard.holder().kind());
  }

  public List<Property> claims() {
    return Collections.unmodifiableList(claims);
  }

  private Word declare(
      String name, WordType type, int bits, int column, @Nullable Lock guard, int owner) {
    if (longs >= 0) {
      throw new ModelError("%s is declared after the layout was complete".formatted(name));
    }
    int least = leastBits(type);
    if (bits < least) {
      throw new ModelError(
          "%s is %d bits wide, too narrow: a %s of %d tasks and %d frames needs %d"
              .formatted(name, bits, type, tasks, frames, least));
    }
    if (bits > 31) {
      throw new ModelError("%s is %d bits wide, more than 31".formatted(name, bits));
    }
    Word word =
        new Word(this, name, type, bits, max(type, bits), words.size(), column, guard, owner);
    words.add(word);
    return word;
  }

  /** The fewest bits that hold every value of the type. */
  public int leastBits(WordType type) {
    return switch (type) {
      case NONE -> throw new ModelError("no word holds nothing");
      case NUMBER, BOOLEAN -> 1;
      case TASK -> bitsFor(tasks);
      case FRAME -> bitsFor(frames);
      case PTE -> Pte.FRAME_SHIFT + bitsFor(frames);
      case TASKS -> Math.max(1, tasks);
      case FRAMES -> frames + 1;
    };
  }

  /** The largest value of the type that fits. */
  private int max(WordType type, int bits) {
    int widest = (int) ((1L << bits) - 1);
    return switch (type) {
      case NONE -> throw new ModelError("no word holds nothing");
      case NUMBER -> widest;
      case BOOLEAN -> 1;
      case TASK -> tasks;
      case FRAME -> frames;
      case PTE -> Pte.of(frames, Pte.FLAGS);
      case TASKS -> (1 << tasks) - 1;
      case FRAMES -> (2 << frames) - 2;
    };
  }

  /** The fewest bits that hold the numbers 0 to {@code max}. */
  public static int bitsFor(int max) {
    return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(max));
  }

  /** Places the words. Called once, when all are declared. */
  public Layout complete() {
    if (longs >= 0) {
      return this;
    }
    for (Word word : words) {
      if (isDistrusted(word)) {
        word.distrust();
      }
    }
    Packer column = null;
    for (int task = 1; task <= tasks; task++) {
      Packer packer = new Packer();
      for (Word word : words) {
        if (word.column() == task) {
          packer.place(word);
        }
      }
      if (column != null && !column.shape.equals(packer.shape)) {
        throw new ModelError(
            "%s and %s do not declare the same words".formatted(taskName(1), taskName(task)));
      }
      column = packer;
    }
    columnLongs = column == null ? 0 : column.used.size();
    for (Word word : words) {
      if (word.column() > 0) {
        word.index += (word.column() - 1) * columnLongs;
      }
    }
    Packer shared = new Packer();
    for (Word word : words) {
      if (word.column() == 0) {
        shared.place(word);
        word.index += tasks * columnLongs;
      }
    }
    longs = tasks * columnLongs + shared.used.size();
    return this;
  }

  /** First fit into longs. */
  private static final class Packer {
    final List<Integer> used = new ArrayList<>();
    final List<String> shape = new ArrayList<>();

    void place(Word word) {
      int index = 0;
      while (index < used.size() && used.get(index) + word.bits() > Long.SIZE) {
        index++;
      }
      if (index == used.size()) {
        used.add(0);
      }
      word.index = index;
      word.shift = used.get(index);
      word.mask = (1L << word.bits()) - 1;
      used.set(index, word.shift + word.bits());
      shape.add(word.type() + ":" + word.bits());
    }
  }

  /** How many longs a packed state of this layout takes. */
  public int longs() {
    if (longs < 0) {
      throw new ModelError("the layout is not complete yet");
    }
    return longs;
  }

  /** How many longs each task has of its own; task t's begin at (t-1) times this. */
  public int columnLongs() {
    return columnLongs;
  }

  public int tasks() {
    return tasks;
  }

  public int frames() {
    return frames;
  }

  public List<Word> words() {
    return Collections.unmodifiableList(words);
  }

  /** Tasks are A, B, C, ...; 0 is the idle task. */
  public static String taskName(int task) {
    return task == 0 ? "idle" : String.valueOf((char) ('A' + task - 1));
  }

  /** A value as people write it. */
  public String show(WordType type, int value) {
    return switch (type) {
      case NONE -> "";
      case NUMBER, BOOLEAN -> Integer.toString(value);
      case TASK -> taskName(value);
      case FRAME -> value == 0 ? "none" : "f" + value;
      case PTE -> showPte(value);
      case TASKS -> showSet(value, 0);
      case FRAMES -> showSet(value, 1);
    };
  }

  private static String showPte(int pte) {
    if (pte == 0) {
      return "0";
    }
    if (Pte.frame(pte) == 0) { // no entry at all but for a stray A or D
      return "no frame" + (Pte.accessed(pte) ? "|A" : "") + ((pte & Pte.DIRTY) != 0 ? "|D" : "");
    }
    StringBuilder s = new StringBuilder();
    s.append(Pte.present(pte) ? "P|" : "");
    s.append(Pte.accessed(pte) ? "A|" : "");
    s.append((pte & Pte.DIRTY) != 0 ? "D|" : "");
    return s.append('f').append(Pte.frame(pte)).toString();
  }

  private static String showSet(int set, int isFrames) {
    StringBuilder s = new StringBuilder("{");
    for (int i = 0; i < Integer.SIZE; i++) {
      if ((set >>> i & 1) != 0) {
        s.append(s.length() > 1 ? "," : "").append(isFrames != 0 ? "f" + i : taskName(i + 1));
      }
    }
    return s.append('}').toString();
  }
}
