package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The words and the nodes of a state keep to themselves. */
class StateFormatTest {
  @Property
  void everyWordAndNodeIsAsItWasStored(
      @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 31) Integer> widths,
      @ForAll @IntRange(min = 1, max = 9) int processes,
      @ForAll Random random) {
    Layout layout = new Layout(0, 0);
    for (int i = 0; i < widths.size(); i++) {
      layout.word("w" + i, WordType.NUMBER, widths.get(i));
    }
    StateFormat format = new StateFormat(layout.complete(), processes);
    long[] state = new long[format.longs()];
    Memory memory = new Memory(layout);
    memory.bind(state);
    int[] nodes = new int[processes];
    int[] values = new int[widths.size()];
    for (int round = 0; round < 40; round++) {
      int p = random.nextInt(processes);
      nodes[p] = random.nextInt() & Integer.MAX_VALUE;
      format.setNode(state, p, nodes[p]);
      if (!widths.isEmpty()) {
        Word word = layout.words().get(random.nextInt(widths.size()));
        values[word.number()] = random.nextInt() & (int) word.mask();
        memory.set(p, word, values[word.number()]);
      }
    }
    for (int p = 0; p < processes; p++) {
      assertEquals(nodes[p], format.node(state, p));
    }
    for (Word word : layout.words()) {
      assertEquals(values[word.number()], memory.get(word), word.name());
    }
  }
}
