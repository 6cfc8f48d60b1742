package dev.kstack.model.hardware;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.StackProperties;
import java.util.ArrayList;
import java.util.List;

/**
 * Ghost: which frames each process has taken from one owner (pool, PTE, other user) and not yet
 * given to the next. Kept by watchers, inside the operations that move the frames.
 */
public final class FrameLedger {
  private final List<Word> moving = new ArrayList<>();
  private final long frameOwnership;

  public FrameLedger(Layout layout, List<String> processes) {
    this.frameOwnership = layout.claim(StackProperties.FRAME_OWNERSHIP);
    for (String process : processes) {
      moving.add(
          layout
              .word("moving[" + process + "]", WordType.FRAMES, layout.leastBits(WordType.FRAMES))
              .asGhost());
    }
  }

  /** Declares that an observer looks at the frames that are between two owners. */
  public void observe() {
    moving.forEach(Word::asObserved);
  }

  /** The process took the frames from their owner. */
  public void take(Memory memory, int process, int frames) {
    Word hand = moving.get(process);
    memory.premise(frameOwnership);
    memory.set(process, hand, memory.get(hand) | frames);
  }

  /**
   * The process gives the frames to an owner: it must have taken them from another before. No run
   * goes on from a frame with two owners: what follows would say nothing about the design.
   */
  public void give(Memory memory, int process, int frames) {
    Word hand = moving.get(process);
    int held = memory.get(hand);
    if ((frames & ~held) != 0) {
      memory.panic(frameOwnership);
    }
    memory.set(process, hand, held & ~frames);
  }

  /** The frames that are between two owners, as a set. */
  public int moving(Memory memory) {
    int frames = 0;
    for (int process = 0; process < moving.size(); process++) {
      frames |= memory.get(moving.get(process));
    }
    return frames;
  }

  /** Those of one process, as a set. */
  public int moving(Memory memory, int process) {
    return memory.get(moving.get(process));
  }

  /** At rest a process holds no frame, or it has lost one. */
  public void rested(Memory memory, int process) {
    if (memory.get(moving.get(process)) != 0) {
      memory.raise(frameOwnership);
    }
  }

  /** To be set as the watcher of a set of frames that owns them, such as the pool's free list. */
  public void setChanged(Memory memory, int process, Word word, int before, int after) {
    if ((before & ~after) != 0) {
      take(memory, process, before & ~after);
    }
    if ((after & ~before) != 0) {
      give(memory, process, after & ~before);
    }
  }
}
