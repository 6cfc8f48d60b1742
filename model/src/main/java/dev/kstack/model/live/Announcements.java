package dev.kstack.model.live;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Word;
import java.util.List;
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

  private final List<Word> words;
  private final @Nullable NextAccess[] accesses;

  /** Is somebody about to access the word by a marked operation? */
  private final boolean[] marked;

  /**
   * Of these words.
   *
   * @param names their names
   */
  Announcements(Layout layout, Set<String> names) {
    words = layout.words();
    accesses = new NextAccess[words.size()];
    marked = new boolean[accesses.length];
    for (Word word : words) {
      accesses[word.number()] = names.contains(word.name()) ? new NextAccess() : null;
    }
  }

  /** Is it one of the words? */
  boolean include(int word) {
    return accesses[word] != null;
  }

  /** A plain access to a word that others may touch must have been announced. */
  void require(int word) {
    if (!include(word)) {
      throw new AssertionError(PLAIN + words.get(word));
    }
  }

  /** Others may come in here, and may find the process here. */
  void announce(int operation, int word) {
    NextAccess access = accesses[word];
    if (access == null) {
      return;
    }
    if (FlatOperation.plain(operation)) {
      access(access, FlatOperation.writes(operation));
    } else if (!marked[word]) {
      marked[word] = true;
      access(access, FlatOperation.writes(operation));
      marked[word] = false;
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
