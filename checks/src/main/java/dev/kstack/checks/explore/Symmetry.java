package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a program does the same in a state and in that state under other names: the same steps,
 * to the same states, with the same to be said of them. All choices are made in full, so that
 * representatives of frames that are alike are not taken for granted either. {@link
 * ProcessSymmetry} asks the code of processes; this also sees what instructions, watchers, rules of
 * locking, invariants and {@link Program#forget} do.
 */
final class Symmetry {
  private final Program program;
  private final Layout layout;
  private final Automaton[] automata;
  private final Memory memory;
  private final Expansion expansion;
  private final Canonicalizer names;
  private final Fingerprint fingerprint;
  private final Renaming asTheyAre;

  /** A step: whose it is, what is chosen in it, and the same under the other names. */
  private record Chosen(int process, ImmutableList<Integer> here, ImmutableList<Integer> there) {}

  /** An operation, and the words behind it. */
  private record Done(Op op, int variant, int result, int[] words) {}

  Symmetry(Program program, StateFormat format, Automaton[] others, Reductions reductions) {
    this.program = program;
    layout = format.layout();
    automata = new Automaton[others.length];
    Arrays.setAll(automata, p -> others[p].forAnotherWorker());
    memory = new Memory(layout);
    memory.observedBy(program.observer(memory));
    expansion = new Expansion(program, format, automata, memory, reductions.keepingNames(), false);
    names = new Canonicalizer(format, automata);
    fingerprint = new Fingerprint(format, automata);
    asTheyAre = new Renaming(layout.tasks(), layout.frames());
  }

  /**
   * Asks it of a state.
   *
   * @throws ModelError if it does not
   */
  void require(long[] state) {
    for (Automaton automaton : automata) {
      automaton.refresh();
    }
    Renaming to = Renaming.drawn(layout, fingerprint.of(state));
    long[] other = names.renamed(state, to);
    Map<LongBuffer, Chosen> here = steps(state, to, to);
    Map<LongBuffer, Chosen> there = steps(other, asTheyAre, to.inverse());
    requireSteps(here, there, state, other, to);
    requireSteps(there, here, other, state, to.inverse());
    requireSaid(state, other, to);
  }

  /** The steps of a state under names, with what is chosen there where these names lead. */
  private Map<LongBuffer, Chosen> steps(long[] state, Renaming under, Renaming to) {
    Map<LongBuffer, Chosen> steps = new HashMap<>();
    expansion.expand(
        state,
        (process, ordinal, successor) -> {
          ImmutableList<Integer> choices = expansion.choices(under);
          long[] end = memory.panicked() ? new long[0] : names.renamed(successor, under);
          LongBuffer step = LongBuffer.allocate(3 + choices.size() + end.length);
          step.put(process).put(memory.raised()).put(choices.size());
          choices.forEach(step::put);
          step.put(end).flip();
          steps.put(step, new Chosen(process, expansion.choices(asTheyAre), expansion.choices(to)));
        });
    return steps;
  }

  private void requireSteps(
      Map<LongBuffer, Chosen> steps,
      Map<LongBuffer, Chosen> others,
      long[] state,
      long[] other,
      Renaming to) {
    for (Map.Entry<LongBuffer, Chosen> step : steps.entrySet()) {
      if (!others.containsKey(step.getKey())) {
        throw difference(step.getValue(), state, other, to);
      }
    }
  }

  /** Where the step and the same step under other names go apart. */
  private ModelError difference(Chosen step, long[] state, long[] other, Renaming to) {
    List<Done> here = follow(state, step.process(), step.here());
    List<Done> there = follow(other, step.process(), step.there());
    int at = 0;
    while (at < Math.min(here.size(), there.size()) && same(here.get(at), there.get(at), to)) {
      at++;
    }
    boolean toTheEnd = at == here.size();
    Op op = toTheEnd ? here.get(at - 1).op() : here.get(at).op();
    String how =
        toTheEnd
            ? "what is forgotten or noticed after it is not the same"
            : at < there.size() ? inWords(there.get(at)) : "nothing like it";
    return new ModelError(
        "%s treats tasks or frames differently by their names, at %s:%d: use choices and sets (%s: %s; under other names: %s)"
            .formatted(
                automata[step.process()].process().name(),
                op.site().file(),
                op.site().line(),
                op.site().function(),
                toTheEnd ? Run.Recorder.notation(op, 0) : inWords(here.get(at)),
                how));
  }

  private String inWords(Done done) {
    return Run.Recorder.notation(done.op(), done.variant())
        + (done.op().result() == WordType.NONE
            ? ""
            : " -> " + layout.show(done.op().result(), done.result()));
  }

  private List<Done> follow(long[] state, int process, ImmutableList<Integer> choices) {
    List<Done> done = new ArrayList<>();
    try {
      expansion.follow(
          state,
          process,
          choices,
          (op, variant, result) ->
              done.add(
                  new Done(
                      op,
                      variant,
                      result,
                      layout.words().stream().mapToInt(memory::get).toArray())),
          (p, ordinal, successor) -> {});
    } catch (ModelError e) {
      return done; // what is chosen is not to be chosen there: it ends where they go apart
    }
    return done;
  }

  private boolean same(Done one, Done other, Renaming to) {
    return one.op().sameUnder(to, other.op())
        && one.variant() == other.variant()
        && to.isName(one.op().result(), one.result(), other.result())
        && sameWords(one.words(), other.words(), to);
  }

  private boolean sameWords(int[] one, int[] other, Renaming to) {
    for (Word word : layout.words()) {
      for (Word image : layout.words()) {
        if (to.isName(word, image)
            && !to.isName(word.type(), one[word.number()], other[image.number()])) {
          return false;
        }
      }
    }
    return true;
  }

  /** What is claimed of the state, and of its tasks. */
  private void requireSaid(long[] state, long[] other, Renaming to) {
    long different = raised(state) ^ raised(other);
    if (different != 0) {
      throw new ModelError(
          "whether %s holds in a state depends on the names of tasks or frames"
              .formatted(layout.claims().get(Long.numberOfTrailingZeros(different))));
    }
    TaskProgress progress = program.progress();
    if (progress != null
        && !Arrays.equals(said(progress, state, to), said(progress, other, asTheyAre))) {
      throw new ModelError(
          "which tasks live, are doomed, want to run or run depends on the names of tasks or frames");
    }
  }

  private long raised(long[] state) {
    memory.bind(state);
    memory.clearRaised();
    program.check(memory);
    return memory.raised();
  }

  private int[] said(TaskProgress progress, long[] state, Renaming under) {
    memory.bind(state);
    return new int[] {
      under.tasks(progress.live(memory)),
      under.tasks(progress.doomed(memory)),
      under.tasks(progress.wanting(memory)),
      under.tasks(progress.running(memory)),
      progress.busy(memory)
    };
  }
}
