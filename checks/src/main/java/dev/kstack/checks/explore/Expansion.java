package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Mover;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.RuleBroken;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The steps that are possible in a state.
 *
 * <p>A step of a process is a transaction (Lipton 1975): the choices before its next operation;
 * locks that it takes, which may as well be taken later; operations on words that nobody else may
 * touch now, because of a held lock or because they belong to the process; one operation that
 * others can notice; and again operations on such words and releases of locks, which may as well
 * come earlier. No other process can tell whether it came between two of these.
 *
 * <p>A process that finds a lock taken, or the word of a wait at another value, after it has taken
 * another lock takes a step to just there, and waits. One that has only made a choice stays where
 * it is, since it may as well choose later; unless somebody waits for it: with interrupts off it
 * waits and does not answer, and that is how an IPI deadlock begins.
 *
 * <p>All of its memory is its own, and nothing is allocated in a step.
 */
final class Expansion {
  /** Takes the steps of a state, one by one. */
  interface Steps {
    /**
     * A step leads to a state.
     *
     * @param process who takes it
     * @param ordinal its number among the steps of the state, from 0
     * @param successor the packed state that it leads to; to be copied
     */
    void step(int process, int ordinal, long[] successor);
  }

  static final int MAX_CHOICES = 64;
  private static final int MAX_JOINED = 1_000;
  private static final int NONE_TAKEN = -1;

  private final Program program;
  private final StateFormat format;
  private final Automaton[] automata;
  private final Memory memory;
  private final boolean join;
  private final boolean forget;
  private final Movers movers;
  private final Waits waits;
  private final FrameClasses frameClasses;
  private final boolean prune;
  private final long dataRace;
  private @Nullable Races races;
  private final long lockingRules;

  /** Null where every step is taken, operation by operation. */
  private final @Nullable KnownSteps known;

  /** The same, while steps are being recorded. */
  private @Nullable KnownSteps recording;

  /** The state whose steps are taken: one in which dead values are forgotten already. */
  private long[] state = {};

  /** The state as the step changes it; the memory is bound to it. */
  private final long[] working;

  /** What choices go back to: the state itself, or a copy made in the middle of the step. */
  private long[] saved = {};

  private final long[][] copies = new long[MAX_CHOICES][];
  private int depth;

  /** Does the step that is handed over lead back to the same state? */
  private boolean idle;

  private final int[] choices = new int[MAX_CHOICES];
  private final WordType[] choiceTypes = new WordType[MAX_CHOICES];
  private int made;

  /** The highest place in the order of locks among those that the step has taken. */
  private int takenLock;

  private int ordinal;
  private int resting;
  private int process;
  private int only = -1;
  private ImmutableList<Integer> script = ImmutableList.of();
  private Steps steps = (p, o, s) -> {};
  private OpListener listener = OpListener.NONE;

  Expansion(
      Program program,
      StateFormat format,
      Automaton[] automata,
      Memory memory,
      Reductions reductions,
      boolean remember) {
    this(program, format, automata, memory, reductions, remember, program.layout().dataRace());
  }

  /** For who looks for them itself. */
  static Expansion withoutRaces(
      Program program,
      StateFormat format,
      Automaton[] automata,
      Memory memory,
      Reductions reductions) {
    return new Expansion(program, format, automata, memory, reductions, false, 0);
  }

  private Expansion(
      Program program,
      StateFormat format,
      Automaton[] automata,
      Memory memory,
      Reductions reductions,
      boolean remember,
      long dataRace) {
    this.program = program;
    this.forget = reductions.deadValues();
    this.format = format;
    this.automata = automata;
    this.memory = memory;
    this.join = reductions.transactions();
    this.prune = reductions.canonicalNames();
    this.dataRace = dataRace;
    this.lockingRules = program.layout().lockingRules();
    this.known = remember ? new KnownSteps(format.words(), automata.length) : null;
    this.working = new long[format.longs()];
    this.movers = new Movers(automata, memory, join);
    this.waits = new Waits(format, automata);
    this.frameClasses = new FrameClasses(format, automata);
  }

  /** Hands every step of the state to the receiver, always in the same order. */
  void expand(long[] state, Steps receiver) {
    steps = receiver;
    ordinal = 0;
    resting = resting(state);
    for (process = 0; process < automata.length; process++) {
      start(state);
    }
  }

  /** Does the step that is being handed over lead back to the state that it is a step of? */
  boolean idle() {
    return idle;
  }

  /** The values of the choices that the step being handed over has made, under other names. */
  ImmutableList<Integer> choices(Renaming names) {
    ImmutableList.Builder<Integer> values = ImmutableList.builder();
    for (int i = 0; i < made; i++) {
      values.add(names.apply(choiceTypes[i], choices[i]));
    }
    return values.build();
  }

  /** Takes every step of a process, and tells of every operation in them. */
  void steps(long[] state, int ofProcess, OpListener told) {
    steps = (p, o, s) -> {};
    ordinal = 0;
    resting = resting(state);
    process = ofProcess;
    listener = told;
    start(state);
    listener = OpListener.NONE;
  }

  /** Takes one step: that of the process with these choices. Tells of every operation in it. */
  void follow(
      long[] state,
      int follows,
      ImmutableList<Integer> choicesMade,
      OpListener told,
      Steps receiver) {
    steps = receiver;
    ordinal = 0;
    resting = resting(state);
    process = follows;
    script = choicesMade;
    only = follows;
    listener = told;
    start(state);
    only = -1;
    listener = OpListener.NONE;
  }

  private void start(long[] state) {
    memory.bind(working);
    memory.clearRaised();
    this.state = state;
    saved = state;
    depth = 0;
    takenLock = NONE_TAKEN;
    System.arraycopy(state, 0, working, 0, working.length);
    memory.setModified(false);
    made = 0;
    int node = format.node(state, process);
    try {
      begin(node, false);
    } catch (ModelError e) {
      Op op = automata[process].op(node);
      throw e.saying(
          "%s, in the step that begins at %s (%s:%d): %s"
              .formatted(
                  automata[process].process().name(),
                  op.site().function(),
                  op.site().file(),
                  op.site().line(),
                  e.getMessage()));
    }
  }

  /** The steps from a node: as they are known, or as they are found. */
  private void begin(int node, boolean chose) {
    if (known == null || only >= 0) {
      lead(node, chose, false);
      return;
    }
    int outcome = known.find(process, node, chose, state);
    if (outcome == KnownSteps.NOT_FROM_WORDS || outcome == KnownSteps.UNKNOWN && !known.hasRoom()) {
      lead(node, chose, false);
    } else if (outcome == KnownSteps.UNKNOWN) {
      record(known, node, chose);
    } else {
      repeat(known, outcome);
    }
  }

  private void record(KnownSteps recorder, int node, boolean chose) {
    recorder.begin(process, node, chose, state);
    recording = recorder;
    memory.tell(recording);
    lead(node, chose, false);
    memory.tell(null);
    if (recording != null) {
      recording.end();
      recording = null;
    }
  }

  /** What each offer leads to is recorded by itself. */
  private void reachOffers(int node) {
    if (recording != null && made == 0) {
      recording.endAtOffers(node);
      recording = null;
      memory.tell(null);
    } else {
      abandonRecording();
    }
  }

  /** What comes next follows from more than the words. */
  private void abandonRecording() {
    if (recording != null) {
      recording.abandon();
      recording = null;
      memory.tell(null);
    }
  }

  /** The steps that led on from here before. */
  private void repeat(KnownSteps known, int outcome) {
    int count = known.steps(outcome);
    if (count < 0) {
      offer(automata[process].offers(~count));
    }
    for (int i = 0; i < count; i++) {
      int step = known.step(outcome, i);
      int holder = known.holder(step);
      System.arraycopy(state, 0, working, 0, working.length);
      memory.bind(working); // the receiver of steps may have looked elsewhere
      if (holder == KnownSteps.ANY_CASE || waits.isStuck(state, memory, holder, process)) {
        known.apply(step, working, memory);
        handOver(known.node(step), known.untouched(step));
      }
      memory.setModified(true);
    }
  }

  /** Up to and including the first operation that others can notice. */
  private void lead(int from, boolean chose, boolean actedBefore) {
    Automaton automaton = automata[process];
    int node = from;
    boolean acted = actedBefore;
    for (int joined = 0; ; joined++) {
      Op op = automaton.op(node);
      if (only < 0 && !acted && Offer.isStatic(op)) {
        reachOffers(node);
        offer(automaton.offers(node));
        return;
      }
      if (op.isChoice()) {
        branch(node, op, true, acted);
        return;
      }
      if (op.kind() == Op.Kind.WHEN) {
        if (acted) {
          throw new ModelError("a condition on a choice comes after an operation of the same step");
        }
        if (memory.get(op.word()) != op.a()) {
          return;
        }
        node = automaton.next(node, 0);
        continue;
      }
      if (op.kind() == Op.Kind.EXECUTE) {
        executeVariants(node, op, true, variants(op));
        return;
      }
      if (movers.takesLock(op) && op.word().place() <= takenLock) {
        arrive(node);
        return;
      }
      Mover mover = movers.takesLock(op) ? Mover.BOTH : movers.of(process, op);
      int result = perform(node, op);
      if (result == Instruction.BLOCKED) {
        listener.blocked(op);
        if (op.waits()) {
          block(node, op, chose, acted || !chose && node != from);
        }
        return;
      }
      listener.performed(op, 0, result);
      node = automaton.next(node, result);
      if (memory.panicked() || automaton.rest(node)) {
        arrive(node);
        return;
      }
      if (mover != Mover.BOTH) {
        trail(node);
        return;
      }
      if (op.kind() == Op.Kind.LOCK) {
        takenLock = Math.max(takenLock, op.word().place());
      }
      acted |= op.kind() != Op.Kind.READ;
      limit(joined, op);
    }
  }

  /** What is joined to the step. */
  private void trail(int from) {
    Automaton automaton = automata[process];
    int node = from;
    if (join) {
      for (int joined = 0; ; joined++) {
        Op op = automaton.op(node);
        if (op.isChoice()) {
          if (allJoin(node, op)) {
            branch(node, op, false, true);
            return;
          }
          break;
        }
        if (op.kind() == Op.Kind.EXECUTE) {
          int variants = variants(op);
          if (!allVariantsJoin(op, variants)) {
            break;
          }
          executeVariants(node, op, false, variants);
          return;
        }
        if (movers.of(process, op) == Mover.NONE) {
          break;
        }
        int result = perform(node, op);
        if (result == Instruction.BLOCKED) {
          break; // for ever, if it waits for what only it could change
        }
        listener.performed(op, 0, result);
        node = automaton.next(node, result);
        if (memory.panicked() || automaton.rest(node)) {
          break;
        }
        limit(joined, op);
      }
    }
    arrive(node);
  }

  private static void limit(int joined, Op op) {
    if (joined > MAX_JOINED) {
      throw new ModelError(
          "it never reaches an operation that others notice: a loop at %s (%s:%d)"
              .formatted(op.site().function(), op.site().file(), op.site().line()));
    }
  }

  /** Every way on from a choice at rest, or before anything was done. */
  private void offer(Offer[] offers) {
    long raised = memory.raised();
    long[] outerSaved = saved;
    int outerTaken = takenLock;
    boolean outerChanged = beginBranches();
    for (Offer offer : offers) {
      restore();
      takenLock = outerTaken;
      memory.bind(working); // the receiver of steps may have looked elsewhere
      if (offer.holds(memory)) {
        memory.clearRaised();
        memory.raise(raised);
        int before = made;
        for (int i = 0; i < offer.choices.length; i++) {
          choose(offer.types[i], offer.choices[i]);
        }
        if (automata[process].rest(offer.node)) {
          arrive(offer.node);
        } else {
          begin(offer.node, true);
        }
        made = before;
      }
    }
    endBranches(outerSaved, outerChanged);
  }

  /** Every way on from a choice, each from the same state. */
  private void branch(int node, Op op, boolean leading, boolean acted) {
    long raised = memory.raised();
    if (only >= 0) {
      int value = scripted(op.what());
      if (Arrays.stream(op.values()).noneMatch(possible -> possible == value)) {
        throw new ModelError("the trace chooses %d for %s".formatted(value, op.what()));
      }
      take(node, op, value, leading, acted, raised);
      return;
    }
    long[] outerSaved = saved;
    int outerTaken = takenLock;
    boolean outerChanged = beginBranches();
    if (op.kind() == Op.Kind.CHOOSE) {
      for (int value = op.a(); value <= op.b(); value++) {
        restore();
        takenLock = outerTaken;
        take(node, op, value, leading, acted, raised);
      }
    } else {
      int set = elements(node, op);
      for (; set != 0; set &= set - 1) {
        int value = op.first(set);
        restore();
        takenLock = outerTaken;
        take(node, op, value, leading, acted, raised);
      }
    }
    endBranches(outerSaved, outerChanged);
  }

  /** What the trace chooses next. */
  private int scripted(String what) {
    if (made == script.size()) {
      throw new ModelError("the trace does not say what is chosen: %s".formatted(what));
    }
    return script.get(made);
  }

  /** From here on, {@link #restore()} comes back to the state as it is now. */
  private boolean beginBranches() {
    boolean outerChanged = memory.modified();
    if (outerChanged) {
      save();
    }
    return outerChanged;
  }

  private void endBranches(long[] outerSaved, boolean outerChanged) {
    if (outerChanged) {
      depth--;
    }
    saved = outerSaved;
    if (outerChanged) {
      memory.setModified(true);
    }
  }

  private int variants(Op op) {
    return op.instruction().variants(memory, process, op.a(), op.b(), op.c());
  }

  /** As for choices: what is done as part of a step must be possible. */
  private boolean allVariantsJoin(Op op, int variants) {
    for (int set = variants; set != 0; set &= set - 1) {
      if (movers.of(process, op, Integer.numberOfTrailingZeros(set)) == Mover.NONE) {
        return false;
      }
    }
    return variants != 0;
  }

  /** Every way in which an instruction can happen, each from the same state. */
  private void executeVariants(int node, Op op, boolean leading, int variants) {
    long raised = memory.raised();
    if (only >= 0) {
      int variant = scripted(op.name());
      if (variant >= 0 && variant < Integer.SIZE && (variants >>> variant & 1) != 0) {
        executeVariant(node, op, variant, leading, raised);
      }
      return;
    }
    long[] outerSaved = saved;
    int outerTaken = takenLock;
    boolean outerChanged = beginBranches();
    for (int set = variants; set != 0; set &= set - 1) {
      restore();
      takenLock = outerTaken;
      executeVariant(node, op, Integer.numberOfTrailingZeros(set), leading, raised);
    }
    endBranches(outerSaved, outerChanged);
  }

  private void executeVariant(int node, Op op, int variant, boolean leading, long raised) {
    memory.bind(working); // the receiver of steps may have looked elsewhere
    memory.clearRaised();
    memory.raise(raised);
    Mover mover = leading ? movers.of(process, op, variant) : Mover.BOTH;
    listener.executes(op);
    int result = op.instruction().execute(memory, process, variant, op.a(), op.b(), op.c());
    memory.endOperation();
    if (result == Instruction.BLOCKED) {
      return;
    }
    choose(WordType.NUMBER, variant);
    listener.performed(op, variant, result);
    int next = automata[process].next(node, result);
    if (memory.panicked() || automata[process].rest(next)) {
      arrive(next);
    } else if (leading && mover == Mover.BOTH) {
      lead(next, true, true);
    } else {
      trail(next);
    }
    made--;
  }

  static ModelError tooManyChoices() {
    return new ModelError("more than %d choices in one step".formatted(MAX_CHOICES));
  }

  private void choose(WordType type, int value) {
    if (made == MAX_CHOICES) {
      throw tooManyChoices();
    }
    choiceTypes[made] = type;
    choices[made++] = value;
  }

  private void save() {
    if (depth == MAX_CHOICES) {
      throw tooManyChoices();
    }
    long[] copy = copies[depth];
    if (copy == null) {
      copy = new long[working.length];
      copies[depth] = copy;
    }
    depth++;
    System.arraycopy(working, 0, copy, 0, working.length);
    saved = copy;
    memory.setModified(false);
  }

  private void restore() {
    if (memory.modified()) {
      System.arraycopy(saved, 0, working, 0, working.length);
      memory.setModified(false);
    }
  }

  private void take(int node, Op op, int value, boolean leading, boolean acted, long raised) {
    choose(op.result(), value);
    listener.performed(op, 0, value);
    int next = automata[process].next(node, value);
    memory.bind(working); // the receiver of steps may have looked elsewhere
    memory.clearRaised();
    memory.raise(raised);
    if (automata[process].rest(next)) {
      arrive(next);
    } else if (leading) {
      lead(next, true, acted);
    } else {
      trail(next);
    }
    made--;
  }

  /** The elements to be tried: of frames that nothing tells apart, one. */
  private int elements(int node, Op op) {
    int set = op.a();
    boolean frames = op.result() == WordType.FRAME;
    if (!(prune && frames && (set & set - 1) != 0)) {
      return set;
    }
    abandonRecording(); // what a frame is like depends on all nodes
    return frameClasses.representatives(set, working, process, node);
  }

  /**
   * Is every way on from the choice joined? Only then is it made as part of the step: a choice may
   * lead to an operation that is not possible, and whoever had made it early would be stuck with
   * it.
   */
  private boolean allJoin(int node, Op op) {
    Automaton automaton = automata[process];
    if (op.kind() == Op.Kind.CHOOSE) {
      for (int value = op.a(); value <= op.b(); value++) {
        if (!joins(automaton.next(node, value))) {
          return false;
        }
      }
      return true;
    }
    for (int set = elements(node, op); set != 0; set &= set - 1) {
      if (!joins(automaton.next(node, op.first(set)))) {
        return false;
      }
    }
    return true;
  }

  private boolean joins(int node) {
    Automaton automaton = automata[process];
    if (automaton.rest(node)) {
      return true;
    }
    Op op = automaton.op(node);
    return switch (op.kind()) {
      case CHOOSE, CHOOSE_ONE -> allJoin(node, op);
      case WHEN -> false;
      case READ, WRITE, CMPXCHG, XCHG, LOCK, TRYLOCK, UNLOCK, WAIT ->
          movers.of(process, op) != Mover.NONE;
      case EXECUTE -> allVariantsJoin(op, variants(op));
    };
  }

  private int perform(int node, Op op) {
    if (Movers.isRuled(op)) {
      memory.premise(lockingRules);
      if (!op.word().trusted() && movers.breaks(process, op)) {
        breakRule(op);
      }
    }
    if (dataRace != 0 && op.isPlain()) {
      memory.premise(dataRace);
      if (!movers.keepsOthersOff(process, op)) {
        lookForRaces(node, op);
      }
    }
    int result = performed(op);
    memory.endOperation();
    return result;
  }

  private void lookForRaces(int node, Op op) {
    abandonRecording(); // what others can do next depends on all nodes
    if (races == null) {
      races = new Races(program, format, automata, join);
    }
    String other = races.with(op, process, node, working, listener != OpListener.NONE);
    if (other != null) {
      memory.race(other);
    }
  }

  private void breakRule(Op op) {
    if (lockingRules == 0) {
      throw new RuleBroken(op.word().kind(), movers.inWords(process, op));
    }
    memory.breakRule(listener == OpListener.NONE ? "" : movers.inWords(process, op));
  }

  private int performed(Op op) {
    Word word = op.word();
    switch (op.kind()) {
      case READ:
        return memory.get(word);
      case WRITE:
        memory.set(process, word, op.a());
        return 0;
      case CMPXCHG:
        if (memory.get(word) != op.a()) {
          return 0;
        }
        memory.set(process, word, op.b());
        return 1;
      case XCHG:
        int before = memory.get(word);
        memory.set(process, word, op.a());
        return before;
      case LOCK:
        if (memory.get(word) != 0) {
          return Instruction.BLOCKED;
        }
        memory.set(process, word, process + 1);
        return 0;
      case TRYLOCK:
        if (memory.get(word) != 0) {
          return 0;
        }
        memory.set(process, word, process + 1);
        return 1;
      case UNLOCK:
        memory.set(process, word, 0); // whoever holds it: no spinlock knows its owner
        return 0;
      case WAIT:
        return memory.get(word) == op.a() ? 0 : Instruction.BLOCKED;
      case EXECUTE:
      case WHEN:
      case CHOOSE:
      case CHOOSE_ONE:
        throw new ModelError("not an operation on memory: " + op.name());
    }
    throw new ModelError("unknown operation " + op.kind());
  }

  /**
   * A process finds the operation blocked, after it acted or only chose. One that has only chosen
   * may as well choose later, when the lock is free; unless whoever holds it is stuck, or waits for
   * this process.
   */
  private void block(int node, Op op, boolean chose, boolean acted) {
    if (acted || chose && !(join && op.kind() == Op.Kind.LOCK && op.word().trusted())) {
      arrive(node);
    } else if (chose) {
      arriveIfStuck(node, memory.get(op.word()) - 1);
    }
  }

  private void arriveIfStuck(int node, int holder) {
    if (recording != null) {
      recording.add(node, holder, true, memory, working);
      memory.tell(null);
    }
    if (waits.isStuck(state, memory, holder, process)) {
      handOver(node, true);
    }
    memory.tell(recording);
  }

  private void arrive(int node) {
    if (automata[process].rest(node)) {
      automata[process].process().rested(memory);
    }
    boolean untouched = !memory.modified() && saved == state;
    if (recording != null) {
      recording.add(node, KnownSteps.ANY_CASE, untouched, memory, working);
      memory.tell(null);
    }
    handOver(node, untouched);
    memory.tell(recording);
  }

  private int resting(long[] state) {
    int resting = 0;
    for (int p = 0; p < automata.length; p++) {
      resting |= automata[p].rest(format.node(state, p)) ? 1 << p : 0;
    }
    return resting;
  }

  private void handOver(int node, boolean untouched) {
    boolean stays = node == format.node(state, process);
    if (!stays) {
      memory.setModified(true);
      format.setNode(working, process, node);
    }
    idle = stays && untouched;
    if (!idle) {
      if (forget) {
        int others = resting & ~(1 << process);
        program.forget(memory, automata[process].rest(node) ? others | 1 << process : others);
      }
      idle = stays && Arrays.equals(working, state);
    }
    steps.step(process, ordinal++, working);
  }
}
