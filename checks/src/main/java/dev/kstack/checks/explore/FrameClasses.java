package dev.kstack.checks.explore;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.List;

/**
 * Which frames a state tells apart. A frame that some PTE, TLB entry or observation names is like
 * no other. The rest differ only by the sets that they are in.
 */
final class FrameClasses {
  private final StateFormat format;
  private final Automaton[] automata;

  /** Words that hold one frame: where their frame's bits are. */
  private final int[] singleIndex;

  private final int[] singleShift;
  private final long singleMask;

  /** Words that hold a set of frames. */
  private final Word[] sets;

  private final int[] signature;

  FrameClasses(StateFormat format, Automaton[] automata) {
    this.format = format;
    this.automata = automata;
    Layout layout = format.layout();
    List<Word> single = new ArrayList<>();
    List<Word> set = new ArrayList<>();
    for (Word word : layout.words()) {
      switch (word.type()) {
        case FRAME, PTE -> single.add(word);
        case FRAMES -> set.add(word);
        case NONE, NUMBER, BOOLEAN, TASK, TASKS -> {}
      }
    }
    singleIndex = single.stream().mapToInt(Word::index).toArray();
    singleShift =
        single.stream()
            .mapToInt(w -> w.shift() + (w.type() == WordType.PTE ? Pte.FRAME_SHIFT : 0))
            .toArray();
    singleMask = (1L << layout.leastBits(WordType.FRAME)) - 1;
    sets = set.toArray(new Word[0]);
    signature = new int[layout.frames() + 1];
  }

  /**
   * Of frames in the set that are interchangeable, the lowest.
   *
   * @param process whose node is not the one in the state but the one given
   */
  int representatives(int set, long[] state, int process, int node) {
    int named = named(state, process, node) & set;
    int representatives = named;
    for (int rest = set & ~named; rest != 0; rest &= rest - 1) {
      int frame = Integer.numberOfTrailingZeros(rest);
      int s = signature(frame, state, process, node);
      signature[frame] = s;
      boolean first = true;
      for (int kept = representatives & ~named; kept != 0; kept &= kept - 1) {
        first &= signature[Integer.numberOfTrailingZeros(kept)] != s;
      }
      representatives |= first ? 1 << frame : 0;
    }
    return representatives;
  }

  /** The frames that something names one by one. */
  private int named(long[] state, int process, int node) {
    int named = 0;
    for (int i = 0; i < singleIndex.length; i++) {
      named |= 1 << (int) (state[singleIndex[i]] >>> singleShift[i] & singleMask);
    }
    for (int p = 0; p < automata.length; p++) {
      for (long entry : automata[p].names(p == process ? node : format.node(state, p))) {
        if (History.type(entry) == WordType.FRAME) {
          named |= 1 << History.value(entry);
        }
      }
    }
    return named & ~1;
  }

  /** In which sets the frame is, a bit each; hashed if there are more than fit. */
  private int signature(int frame, long[] state, int process, int node) {
    int s = 0;
    for (Word word : sets) {
      s = 31 * s + (int) (state[word.index()] >>> word.shift() + frame & 1);
    }
    for (int p = 0; p < automata.length; p++) {
      for (long entry : automata[p].names(p == process ? node : format.node(state, p))) {
        if (History.type(entry) == WordType.FRAMES) {
          s = 31 * s + (History.value(entry) >>> frame & 1);
        }
      }
    }
    return s;
  }
}
