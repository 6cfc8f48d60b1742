package dev.kstack.model.live;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;

/** The words as numbers in an array, at the positions in which they were declared. */
final class FlatMemory extends Memory {
  private int[] words = {};

  FlatMemory(Layout layout) {
    super(layout);
  }

  /** From now on, the words are the first numbers of this array. */
  void bind(int[] array) {
    words = array;
  }

  @Override
  public int get(Word word) {
    return words[word.number()];
  }

  @Override
  public void set(int process, Word word, int value) {
    int before = words[word.number()];
    if (before != value) {
      willChange(word, value);
      words[word.number()] = value;
      hasChanged(process, word, before, value);
    }
  }

  @Override
  public void init(Word word, int value) {
    if (words[word.number()] != value) {
      require(word, value);
      words[word.number()] = value;
      setModified(true);
    }
  }

  @Override
  public void bind(long[] state) {
    throw new UnsupportedOperationException("a flat memory is no packed state");
  }
}
