package dev.kstack.model.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Words keep to themselves, whatever their widths. */
class LayoutTest {
  /** Some words of each task and some of nobody in particular, in the order of their widths. */
  private static Layout layout(int tasks, List<Integer> ofTasks, List<Integer> shared) {
    Layout layout = new Layout(tasks, 0);
    for (int task = 1; task <= tasks; task++) {
      for (int i = 0; i < ofTasks.size(); i++) {
        layout.wordOf(task, "w" + i, WordType.NUMBER, ofTasks.get(i));
      }
    }
    for (int i = 0; i < shared.size(); i++) {
      layout.word("s" + i, WordType.NUMBER, shared.get(i));
    }
    return layout.complete();
  }

  @Property
  void aWordHoldsWhatWasStoredInItWhateverIsStoredElsewhere(
      @ForAll @IntRange(min = 0, max = 4) int tasks,
      @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 31) Integer> ofTasks,
      @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 31) Integer> shared,
      @ForAll Random random) {
    Layout layout = layout(tasks, ofTasks, shared);
    Memory memory = new Memory(layout);
    memory.bind(new long[layout.longs()]);
    int[] stored = new int[layout.words().size()];
    for (int round = 0; round < 2; round++) {
      for (Word word : layout.words()) {
        int value = (int) (random.nextInt() & (1L << word.bits()) - 1);
        stored[word.number()] = value;
        memory.set(0, word, value);
      }
      for (Word word : layout.words()) {
        assertEquals(stored[word.number()], memory.get(word), word.name());
      }
    }
  }

  /**
   * Names, sets and PTEs as well; and what no such word can hold is refused and changes nothing.
   */
  @Property
  void wordsOfEveryTypeHoldTheirValuesAndNoOthers(
      @ForAll @IntRange(min = 1, max = 20) int tasks,
      @ForAll @IntRange(min = 1, max = 28) int frames,
      @ForAll @Size(min = 1, max = 12) List<WordType> types,
      @ForAll Random random) {
    Layout layout = new Layout(tasks, frames);
    for (WordType type : types) {
      if (type != WordType.NONE) {
        layout.word("w" + layout.words().size(), type, layout.leastBits(type));
      }
    }
    layout.complete();
    Memory memory = new Memory(layout);
    memory.bind(new long[layout.longs()]);
    int[] stored = new int[layout.words().size()];
    for (Word word : layout.words()) {
      stored[word.number()] = random.nextInt(word.max() + 1);
      memory.init(word, stored[word.number()]);
    }
    for (Word word : layout.words()) {
      assertThrows(ModelError.class, () -> memory.set(0, word, word.max() + 1), word.name());
      assertThrows(ModelError.class, () -> memory.set(0, word, -1), word.name());
    }
    for (Word word : layout.words()) {
      assertEquals(stored[word.number()], memory.get(word), word.name());
    }
  }

  @Property
  void noTwoWordsOverlapAndNoneLeavesTheState(
      @ForAll @IntRange(min = 0, max = 4) int tasks,
      @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 31) Integer> ofTasks,
      @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 31) Integer> shared) {
    Layout layout = layout(tasks, ofTasks, shared);
    long[] used = new long[layout.longs()];
    for (Word word : layout.words()) {
      assertTrue(word.shift() + word.bits() <= Long.SIZE, word.name());
      long bits = word.mask() << word.shift();
      assertEquals(word.bits(), Long.bitCount(bits), word.name());
      assertEquals(0, used[word.index()] & bits, word.name());
      used[word.index()] |= bits;
    }
  }

  @Property
  void theWordsOfEveryTaskStandInTheSamePlacesOfItsOwnLongs(
      @ForAll @IntRange(min = 1, max = 4) int tasks,
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 31) Integer> ofTasks,
      @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 31) Integer> shared) {
    Layout layout = layout(tasks, ofTasks, shared);
    for (Word word : layout.words()) {
      if (word.column() > 0) {
        Word first = layout.words().get(word.number() % ofTasks.size());
        assertEquals(first.shift(), word.shift());
        assertEquals(
            first.index() + (word.column() - 1) * layout.columnLongs(), word.index(), word.name());
      } else {
        assertTrue(word.index() >= tasks * layout.columnLongs(), word.name());
      }
    }
  }

  @Property
  void leastBitsHoldEveryValueOfAType(
      @ForAll @IntRange(min = 1, max = 20) int tasks,
      @ForAll @IntRange(min = 1, max = 28) int frames) {
    Layout layout = new Layout(tasks, frames);
    int[] largest = {
      1, tasks, frames, Pte.of(frames, Pte.FLAGS), (1 << tasks) - 1, (2 << frames) - 2
    };
    WordType[] types = {
      WordType.BOOLEAN, WordType.TASK, WordType.FRAME, WordType.PTE, WordType.TASKS, WordType.FRAMES
    };
    List<Word> words = new ArrayList<>();
    for (WordType type : types) {
      words.add(layout.word(type.name(), type, layout.leastBits(type)));
    }
    layout.complete();
    Memory memory = new Memory(layout);
    memory.bind(new long[layout.longs()]);
    for (int i = 0; i < types.length; i++) {
      memory.set(0, words.get(i), largest[i]);
      assertEquals(largest[i], memory.get(words.get(i)), types[i].name());
    }
  }

  @Example
  void bitsForCounts() {
    assertEquals(1, Layout.bitsFor(0));
    assertEquals(1, Layout.bitsFor(1));
    assertEquals(2, Layout.bitsFor(2));
    assertEquals(3, Layout.bitsFor(7));
    assertEquals(4, Layout.bitsFor(8));
  }

  @Example
  void moreTasksOrFramesThanHaveNamesAreRefused() {
    assertThrows(ModelError.class, () -> new Layout(Layout.MAX_TASKS + 1, 0));
    assertThrows(ModelError.class, () -> new Layout(0, Layout.MAX_FRAMES + 1));
  }

  @Example
  void valuesAreShownAsPeopleWriteThem() {
    Layout layout = new Layout(3, 9);
    assertEquals("idle", layout.show(WordType.TASK, 0));
    assertEquals("B", layout.show(WordType.TASK, 2));
    assertEquals("none", layout.show(WordType.FRAME, 0));
    assertEquals("f9", layout.show(WordType.FRAME, 9));
    assertEquals("{A,C}", layout.show(WordType.TASKS, 5));
    assertEquals("{f1,f3}", layout.show(WordType.FRAMES, 10));
    assertEquals("0", layout.show(WordType.PTE, 0));
    assertEquals("P|A|D|f3", layout.show(WordType.PTE, Pte.of(3, Pte.FLAGS)));
    assertEquals("P|f4", layout.show(WordType.PTE, Pte.of(4, Pte.PRESENT)));
    assertEquals("no frame|A", layout.show(WordType.PTE, Pte.of(0, Pte.ACCESSED)));
    assertEquals(
        "SLEEPING", layout.word("state", WordType.NUMBER, 1).called("RUNNING", "SLEEPING").show(1));
  }
}
