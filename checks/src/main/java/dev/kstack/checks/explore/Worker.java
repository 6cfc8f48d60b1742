package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableSet;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.spec.Property;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of those who search: takes the steps of states, and looks at states that are new. It has all
 * that it writes to for itself, and what it finds does not depend on who of them finds it.
 */
final class Worker extends Apart {
  private static final int AT_ONCE = 32;

  /** Of the first states of a search, and of every so many after them, it is asked for symmetry. */
  private static final int FIRST_SYMMETRIES = 64;

  private static final int SYMMETRY_EVERY = 2048;

  private final Program program;
  private final StateFormat format;
  private final Automaton[] automata;
  private final Memory memory;
  private final Expansion expansion;

  /**
   * To look for somebody who gets anywhere, where a step is a single operation: to take a lock and
   * to release it again is to get nowhere. Null where steps are transactions already.
   */
  private final @Nullable Expansion wholeSteps;

  private final @Nullable Canonicalizer canonicalizer;

  /** Null where the search does not rely on it, or nothing has two names. */
  private final @Nullable Symmetry symmetry;

  private final boolean everySymmetry;
  private final Fingerprint fingerprint;
  private final @Nullable RecentStates recent;
  private final Waits waits;
  private final long deadlockClaim;
  private final boolean[] counts;
  private final long[] state;
  private final int identity;
  private final Expansion.Steps receiver = this::step;

  // While a batch is expanded.
  private Batch batch;
  private int lookingUp;
  private boolean follow;
  private int place;
  private boolean progressed;

  // While steps are looked up: those that are looked up together.
  private final Batch[] waitingBatch = new Batch[AT_ONCE];
  private final int[] waitingStep = new int[AT_ONCE];
  private final int[] waitingIndex = new int[AT_ONCE];
  private final int[] waitingTag = new int[AT_ONCE];
  private int waiting;
  private long fetched;

  /** All that a search has, over the same nodes. */
  static Worker[] of(Program program, Settings settings, StateFormat format) {
    Automaton[] automata =
        Explorer.automata(program, settings.debug(), settings.reductions().canonicalNames());
    Worker[] workers = new Worker[settings.workers()];
    for (int w = 0; w < workers.length; w++) {
      workers[w] = new Worker(program, settings, format, w == 0 ? automata : copies(automata));
    }
    return workers;
  }

  private static Automaton[] copies(Automaton[] automata) {
    Automaton[] copies = new Automaton[automata.length];
    for (int p = 0; p < copies.length; p++) {
      copies[p] = automata[p].forAnotherWorker();
    }
    return copies;
  }

  private Worker(Program program, Settings settings, StateFormat format, Automaton[] automata) {
    this.program = program;
    this.format = format;
    this.automata = automata;
    List<Process> processes = program.processes();
    memory = new Memory(program.layout());
    memory.observedBy(program.observer(memory));
    expansion =
        new Expansion(program, format, automata, memory, settings.reductions(), !settings.debug());
    wholeSteps =
        settings.reductions().transactions()
            ? null
            : new Expansion(program, format, automata, memory, Reductions.ALL, false);
    canonicalizer =
        settings.reductions().canonicalNames() ? new Canonicalizer(format, automata) : null;
    boolean named = program.layout().tasks() > 1 || program.layout().frames() > 1;
    symmetry =
        canonicalizer != null && named
            ? new Symmetry(program, format, automata, settings.reductions())
            : null;
    everySymmetry = settings.everySymmetry();
    fingerprint = new Fingerprint(format, automata);
    recent = settings.exact() || canonicalizer == null ? null : new RecentStates();
    waits = new Waits(format, automata);
    Property deadlock = program.deadlock();
    deadlockClaim = deadlock == null ? 0 : program.layout().claim(deadlock);
    counts = new boolean[automata.length];
    for (int p = 0; p < counts.length; p++) {
      counts[p] = processes.get(p).counts();
    }
    state = new long[format.longs()];
    int tasks = program.layout().tasks();
    identity = tasks > Permutations.MAX_TASKS ? 0 : Permutations.key(new Renaming(tasks, 0).task);
    batch = new Batch(format.longs(), 1);
  }

  /** To be called when states may have come from others. */
  void refresh() {
    for (Automaton automaton : automata) {
      automaton.refresh();
    }
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }

  /** The first state, under its canonical names. */
  long[] initialState() {
    long[] first = Explorer.initialState(program, format, automata);
    if (canonicalizer != null) {
      canonicalizer.canonicalize(first);
    }
    return first;
  }

  /**
   * Takes all steps of the states of a batch.
   *
   * @param everyStep keep the steps whose states are known as well
   * @param workers that will look them up
   */
  void expand(Batch ofLevel, StateStore level, boolean everyStep, int workers) {
    batch = ofLevel;
    follow = everyStep;
    lookingUp = workers;
    for (place = 0; place < batch.count; place++) {
      level.get(batch.from + place, state);
      progressed = false;
      expansion.expand(state, receiver);
      lookForDeadlock();
      if (symmetry != null && isAskedForSymmetry(batch.firstNumber + place)) {
        symmetry.require(state);
      }
      batch.ends[place] = batch.size;
    }
  }

  private boolean isAskedForSymmetry(int number) {
    return everySymmetry || number < FIRST_SYMMETRIES || number % SYMMETRY_EVERY == 0;
  }

  private void lookForDeadlock() {
    if (deadlockClaim == 0 || (batch.heard & deadlockClaim) != 0) {
      return;
    }
    if (wholeSteps != null && !progressed) {
      wholeSteps.expand(state, this::wholeStep);
    }
    memory.bind(state);
    if (!progressed || waits.inCircle(state, memory)) {
      batch.raisedBefore(deadlockClaim, batch.firstNumber + place, -1);
    }
  }

  /**
   * Where steps are single operations, one from rest may be the first of several that lead back.
   */
  private boolean getsAnywhere(int process) {
    return wholeSteps == null || !automata[process].rest(format.node(state, process));
  }

  private void wholeStep(int process, int ordinal, long[] successor) {
    progressed |= memory.panicked() || counts[process] && !wholeSteps.idle();
  }

  /** One step of the state that is being expanded. */
  private void step(int process, int ordinal, long[] successor) {
    batch.transitions++;
    if (memory.raised() != 0) {
      batch.raisedBefore(memory.raised(), batch.firstNumber + place, ordinal);
    }
    if (memory.panicked()) {
      progressed = true;
      if (follow) {
        batch.leads(place, process, identity, TaskGraph.NOWHERE);
      }
      return;
    }
    if (expansion.idle()) {
      if (follow) {
        batch.leads(place, process, identity, batch.firstNumber + place);
      }
      return;
    }
    progressed |= counts[process] && getsAnywhere(process);
    long f = fingerprint.of(successor);
    int names = identity;
    if (canonicalizer != null) {
      if (recent != null && !recent.add(f)) {
        if (follow) {
          long target = recent.target();
          batch.leadsToKnown(place, process, recent.permutation(), target, whoLooksUp(target));
        }
        return;
      }
      boolean same = canonicalizer.canonicalize(successor);
      f = same ? f : fingerprint.of(successor);
      names = follow ? Permutations.key(canonicalizer.renaming().task) : 0;
      if (recent != null) {
        recent.leadsTo(f, names);
      }
    }
    batch.leadsTo(place, ordinal, process, names, f, successor, whoLooksUp(f));
  }

  private int whoLooksUp(long f) {
    return lookingUp == 1 ? 0 : FingerprintSet.part(f) % lookingUp;
  }

  /**
   * Looks up the steps of all batches, in order, that fall to this worker. So of several steps to a
   * new state the first one wins, whoever has taken it and when.
   */
  void lookUp(Batch[] batches, int count, VisitedSet set, int worker) {
    for (int b = 0; b < count; b++) {
      Batch of = batches[b];
      int[] due = of.due(worker);
      for (int i = 1; i <= due[0]; i++) {
        waitingBatch[waiting] = of;
        waitingStep[waiting] = due[i];
        waitingIndex[waiting] = i;
        waitingTag[waiting++] = Batch.tag(b, due[i]);
        if (waiting == AT_ONCE) {
          lookUpWaiting(set, worker);
        }
      }
    }
    lookUpWaiting(set, worker);
  }

  /**
   * Together, because each look-up waits for memory: a processor waits for several at once if
   * nothing between them depends on the answers.
   */
  private void lookUpWaiting(VisitedSet set, int worker) {
    for (int i = 0; i < waiting; i++) {
      fetched += set.fetch(waitingBatch[i].fingerprints[waitingStep[i]]);
    }
    for (int i = 0; i < waiting; i++) {
      Batch of = waitingBatch[i];
      int step = waitingStep[i];
      int known = set.add(of.states, of.at[step], of.fingerprints[step], waitingTag[i]);
      if (known == Batch.NEW && of.at[step] == Batch.NONE) {
        throw new IllegalStateException("a state that was seen is not in the set");
      }
      of.answer(worker, waitingIndex[i], known);
    }
    waiting = 0;
  }

  /**
   * Looks at the new states of a batch.
   *
   * @param progress what is asked of tasks; null if steps are not kept
   */
  void admit(
      Batch ofLevel,
      StateStore nextLevel,
      int firstOfNext,
      ParentLog parents,
      @Nullable VisitedSet numbered,
      @Nullable TaskProgress progress) {
    batch = ofLevel;
    batch.number();
    long heard = batch.found;
    for (int i = 0; i < batch.freshCount; i++) {
      int step = batch.fresh[i];
      int number = batch.firstFresh + i;
      nextLevel.set(number - firstOfNext, batch.states, batch.at[step]);
      parents.set(number, batch.firstNumber + batch.parents[step], batch.ordinals[step]);
      if (numbered != null) {
        numbered.number(batch.fingerprints[step], number);
      }
      System.arraycopy(batch.states, batch.at[step], state, 0, state.length);
      look(progress, i);
      long news = memory.raised() & ~heard;
      if (news != 0) {
        heard |= news;
        batch.raisedIn(news, step, number);
      }
    }
  }

  /** At one new state. */
  private void look(@Nullable TaskProgress progress, int i) {
    memory.bind(state);
    memory.clearRaised();
    if (progress != null) {
      int resting = 0;
      for (int p = 0; p < automata.length; p++) {
        resting |= automata[p].rest(format.node(state, p)) ? 1 << p : 0;
      }
      batch.taskSets[i] =
          TaskGraph.taskSets(
              progress.live(memory),
              progress.wanting(memory),
              progress.running(memory),
              progress.busy(memory));
      batch.processSets[i] = TaskGraph.processSets(resting, waits.asked(state, memory));
    }
    program.check(memory);
  }

  long premises() {
    return memory.premises();
  }

  Automaton automaton(int process) {
    return automata[process];
  }

  /** Adds the nodes of a process where this worker has done an operation. */
  void executed(int process, BitSet nodes) {
    for (int node = 0; node < automata[process].size(); node++) {
      if (automata[process].executed(node)) {
        nodes.set(node);
      }
    }
  }

  void executed(ImmutableSet.Builder<Class<?>> classes, ImmutableSet.Builder<String> places) {
    for (Automaton automaton : automata) {
      automaton.executed(classes, places);
    }
  }
}
