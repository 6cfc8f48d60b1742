package dev.kstack.checks.bench;

import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Peterson's filter lock (Peterson 1981), for the engine itself: its numbers of states and
 * transitions are known from other model checkers. Each process climbs the levels 1 to n-1; at each
 * it says so, says that it came last, and waits until somebody else came later or nobody else is as
 * high.
 */
public final class FilterLock implements Program {
  public static final Property MUTUAL_EXCLUSION =
      new Property(
          "mutual-exclusion",
          Property.Kind.SAFETY,
          "no two processes are in the critical section",
          "Peterson, Myths about the mutual exclusion problem, 1981");

  private static final int TRY = 0;
  private static final int SET_LAST = 1;
  private static final int PASS = 2;
  private static final int LEAVE = 3;

  private final int n;
  private final boolean planted;
  private final Layout layout = new Layout(0, 0);
  private final Word[] level;
  private final Word[] last;
  private final Word[] critical;
  private final long mutualExclusion;

  /**
   * With n processes.
   *
   * @param planted with a defect: a process lets others pass that are as high as itself
   */
  public FilterLock(int n, boolean planted) {
    this.n = n;
    this.planted = planted;
    mutualExclusion = layout.claim(MUTUAL_EXCLUSION);
    level = new Word[n];
    last = new Word[n];
    critical = new Word[n];
    int bits = Layout.bitsFor(n);
    for (int i = 0; i < n; i++) {
      level[i] = layout.word("level[" + i + "]", WordType.NUMBER, bits);
      last[i] = layout.word("last[" + i + "]", WordType.NUMBER, bits);
      critical[i] = layout.word("critical[" + i + "]", WordType.BOOLEAN, 1);
    }
    layout.complete();
  }

  /** One process: where it is between its operations is the remembered number. */
  private final class Climber implements Process {
    private final int me;
    private final Instruction[] actions = {
      new Action("try", this::tryToEnter),
      new Action("set last", this::setLast),
      new Action("pass", this::pass),
      new Action("leave", this::leave)
    };

    Climber(int me) {
      this.me = me;
    }

    @Override
    public String name() {
      return "P" + me;
    }

    @Override
    public int run(Machine m, int at) {
      return m.execute(actions[at], 0, 0, 0);
    }

    private int tryToEnter(Memory memory) {
      memory.set(me, level[me], 1);
      return SET_LAST;
    }

    private int setLast(Memory memory) {
      memory.set(me, last[memory.get(level[me])], me);
      return PASS;
    }

    private int pass(Memory memory) {
      int high = memory.get(level[me]);
      if (memory.get(last[high]) == me && someoneElseIsAsHigh(memory, high)) {
        return Instruction.BLOCKED;
      }
      if (high == n - 1) {
        memory.set(me, critical[me], 1);
        return LEAVE;
      }
      memory.set(me, level[me], high + 1);
      return SET_LAST;
    }

    private boolean someoneElseIsAsHigh(Memory memory, int high) {
      for (int k = 0; k < n; k++) {
        int other = memory.get(level[k]);
        if (k != me && (planted ? other > high : other >= high)) {
          return true;
        }
      }
      return false;
    }

    private int leave(Memory memory) {
      memory.set(me, level[me], 0);
      memory.set(me, critical[me], 0);
      return TRY;
    }
  }

  /** What a process does at one place, indivisibly. Returns the next place. */
  private interface Effect {
    int apply(Memory memory);
  }

  private record Action(String name, Effect effect) implements Instruction {
    @Override
    public WordType result() {
      return WordType.NUMBER;
    }

    @Override
    public int execute(Memory memory, int process, int variant, int a, int b, int c) {
      return effect.apply(memory);
    }

    @Override
    public String show(int variant, int a, int b, int c) {
      return name;
    }
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public List<Process> processes() {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      processes.add(new Climber(i));
    }
    return processes;
  }

  @Override
  public void init(Memory memory) {}

  @Override
  public void check(Memory memory) {
    int inside = 0;
    for (Word word : critical) {
      inside += memory.get(word);
    }
    if (inside > 0) {
      memory.premise(mutualExclusion);
    }
    if (inside > 1) {
      memory.raise(mutualExclusion);
    }
  }

  @Override
  public @Nullable Property deadlock() {
    return null;
  }
}
