package dev.kstack.model.machine;

import java.util.List;

/**
 * Looks at every operation that changes an observed word ({@link Word#asObserved}), as a whole: for
 * instance to compare it with a specification. One per {@link Memory}.
 */
public interface Observer {
  Observer NONE =
      new Observer() {
        @Override
        public void willChange(Memory memory, Word word, int after) {}

        @Override
        public void operationEnded(Memory memory) {}
      };

  /** An observed word is about to get another value; the first of several in an operation. */
  void willChange(Memory memory, Word word, int after);

  /** The operation that changed observed words is over. */
  void operationEnded(Memory memory);

  /** What was found wrong with the last operation in which something was, for people. */
  default List<String> remarks() {
    return List.of();
  }
}
