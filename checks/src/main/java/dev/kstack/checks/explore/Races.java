package dev.kstack.checks.explore;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.Word;
import org.jspecify.annotations.Nullable;

/**
 * Data races: two accesses of two processes to one word, one of them plain, one of them a store,
 * and both possible next in one state. K: kernel/kcsan/core.c looks for the same, a plain access
 * beside which another one comes. Memory is sequentially consistent here, so what a release and an
 * acquire order is never possible next at once, and is no race: nor is what only one process may
 * touch.
 *
 * <p>In a search that joins operations, an access comes after locks that its step takes, and after
 * what nobody notices. So does the other: whether it is possible next is whether the other process
 * can take a step with it from the state right before this one (both may be moved to behind all
 * else).
 *
 * <p>Asked only of a plain access that no rule of locking covers, of which there is none in a
 * design that is right.
 */
final class Races {
  private final StateFormat format;
  private final Automaton[] automata;
  private final Memory memory;
  private final Expansion others;
  private final long[] before;
  private final Look look = new Look();

  Races(Program program, StateFormat format, Automaton[] automata, boolean join) {
    this.format = format;
    this.automata = automata;
    memory = new Memory(program.layout());
    memory.observedBy(program.observer(memory));
    Reductions reductions = new Reductions(join, false, false);
    others = Expansion.withoutRaces(program, format, automata, memory, reductions);
    before = new long[format.longs()];
  }

  /**
   * The other access, in words if they are asked for; null if there is none.
   *
   * @param state right before the access, but that the process is at the beginning of its step
   * @param node where the process is
   */
  @Nullable String with(Op op, int process, int node, long[] state, boolean inWords) {
    for (int other = 0; other < automata.length; other++) {
      if (other != process) {
        System.arraycopy(state, 0, before, 0, before.length);
        format.setNode(before, process, node);
        look.begin(op, inWords);
        others.steps(before, other, look);
        if (look.found != null) {
          return inWords ? automata[other].process().name() + " in " + look.found : "";
        }
      }
    }
    return null;
  }

  private final class Look implements OpListener {
    private @Nullable Op op;
    private @Nullable Word word;
    private boolean inWords;
    private boolean reads;
    private int value;
    @Nullable String found;
    private final Memory.Reader reader = read -> reads |= read == word;

    void begin(Op access, boolean wanted) {
      inWords = wanted;
      op = access;
      word = access.word();
      memory.bind(before);
      value = memory.get(access.word());
      found = null;
    }

    /** It is about to change words and to read them; which of them shows in the memory alone. */
    @Override
    public void executes(Op other) {
      reads = false;
      memory.tell(reader);
    }

    @Override
    public void performed(Op other, int variant, int result) {
      if (other.kind() == Op.Kind.EXECUTE) {
        memory.tell(null);
        note(other, variant, reads, memory.get(word) != value);
      } else if (other.word() == word) {
        note(other, variant, true, other.stores());
      }
    }

    @Override
    public void blocked(Op other) {
      if (other.word() == word) {
        note(other, 0, true, false);
      }
    }

    private void note(Op other, int variant, boolean touches, boolean stores) {
      if (found == null && touches && (stores || op.stores())) {
        found =
            inWords
                ? "%s:%d, %s"
                    .formatted(
                        other.site().function(),
                        other.site().line(),
                        Run.Recorder.notation(other, variant))
                : "";
      }
    }
  }
}
