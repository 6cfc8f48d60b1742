package dev.kstack.checks.mutate;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.machine.Word;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where operations stand in the model: what they do, to which word, in which function.
 *
 * @param kind what they do
 * @param word the name of the word without its task and numbers, such as {@code pte[]}; empty where
 *     there is none
 * @param functions the function, as in traces, and before it some of those that call it, outermost
 *     first
 */
record Place(Operation.Kind kind, String word, ImmutableList<String> functions) {
  static Place of(Operation.Kind kind, String word, String... functions) {
    return new Place(kind, word, ImmutableList.copyOf(functions));
  }

  /** Is the operation, which model code wants right now, one of those? */
  boolean has(Operation operation) {
    return operation.kind() == kind
        && kind(operation.word()).equals(word)
        && isIn(ModelStack.functions());
  }

  private static String kind(@Nullable Word word) {
    return word == null ? "" : word.kind();
  }

  /** Innermost first: the last function must be the innermost, the others called it. */
  private boolean isIn(List<String> stack) {
    int wanted = functions.size() - 1;
    if (stack.isEmpty() || !stack.get(0).equals(functions.get(wanted))) {
      return false;
    }
    for (String function : stack) {
      if (wanted >= 0 && function.equals(functions.get(wanted))) {
        wanted--;
      }
    }
    return wanted < 0;
  }

  @Override
  public String toString() {
    String what = kind.name().toLowerCase(Locale.ROOT) + (word.isEmpty() ? "" : " of " + word);
    return "%s in %s".formatted(what, String.join(", ", functions));
  }
}
