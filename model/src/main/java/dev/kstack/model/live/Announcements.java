package dev.kstack.model.live;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Word;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Processes say what they are about to do to some words, each by a {@link NextAccess}: so two whose
 * next operations conflict, one of them plain, are a data race to a race detector of Java programs.
 * Two marked ones are none: of these one at a time says so, and the other passes by.
 *
 * <p>Words that nobody accesses plainly where others may touch them cannot race, and need not be
 * announced. Which words are accessed so is found on the way: {@link #require}.
 */
final class Announcements {
  /** What the message of an error begins with when a word should have been announced. */
  static final String PLAIN = "kstack-plain ";

  private final @Nullable NextAccess[] accesses;

  /** Is somebody about to access the word by a marked operation? */
  private final boolean[] marked;

  /**
   * Of these words.
   *
   * @param words their names
   */
  Announcements(Layout layout, Set<String> words) {
    accesses = new NextAccess[layout.words().size()];
    marked = new boolean[accesses.length];
    for (Word word : layout.words()) {
      accesses[word.number()] = words.contains(word.name()) ? new NextAccess() : null;
    }
  }

  /** Is what it touches one of the words? */
  boolean include(Wish wish) {
    Word word = wish.touches();
    return word != null && accesses[word.number()] != null;
  }

  /** A plain access to a word that others may touch must have been announced. */
  void require(Wish wish) {
    if (wish.races() && !include(wish)) {
      throw new AssertionError(PLAIN + wish.touches());
    }
  }

  /**
   * Others may come in here, and may find the process here. What is possible only under conditions
   * is not announced: it may not be any more when somebody looks.
   */
  void announce(Wish wish) {
    Word word = wish.touches();
    NextAccess access = word == null ? null : accesses[word.number()];
    if (word == null || access == null || wish.conditional()) {
      return;
    }
    int number = word.number();
    if (wish.plain()) {
      access(access, wish.writes());
    } else if (!marked[number]) {
      marked[number] = true;
      access(access, wish.writes());
      marked[number] = false;
    }
  }

  private static void access(NextAccess access, boolean writes) {
    if (writes) {
      access.write();
    } else {
      access.read();
    }
  }
}
