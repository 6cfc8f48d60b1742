package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Visits every reachable state of a program, breadth first: the first run to a violation that it
 * finds is a shortest one. It goes on behind violations, so that one search decides every property;
 * only a panic ends a run.
 */
public final class Explorer {
  private static final int LOOK_UP_EVERY = 1 << 10;
  private static final double PROGRESS_EVERY_SECONDS = 0.5;

  private final Program program;
  private final Settings settings;
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
  private final Fingerprint fingerprint;
  private final VisitedSet visited;
  private final @Nullable RecentStates recent;
  private final Waits waits;
  private final Liveness liveness;
  private final ParentLog parents = new ParentLog();
  private final List<Property> claims;
  private final long deadlockClaim;
  private final long endsAt;
  private final boolean[] counts;

  private final Pending pending;
  private StateStore level;
  private StateStore nextLevel;
  private final long[] state;
  private int stateNumber;
  private final Expansion.Steps receiver = this::step;
  private boolean progressed;
  private long transitions;
  private int depth;
  private long found;
  private final int[] foundAt;
  private final int[] foundByStep;

  public Explorer(Program program, Settings settings) {
    this.program = program;
    this.settings = settings;
    List<Process> processes = program.processes();
    format = new StateFormat(program.layout(), processes.size());
    automata = automata(program, settings.debug());
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
    fingerprint = new Fingerprint(format, automata);
    liveness = new Liveness(program, settings, format, automata);
    visited =
        settings.exact()
            ? new ExactSet(format.longs(), fingerprint)
            : new FingerprintSet(liveness.on());
    recent = settings.exact() ? null : new RecentStates();
    waits = new Waits(format, automata);
    Property deadlock = program.deadlock();
    deadlockClaim = deadlock == null ? 0 : program.layout().claim(deadlock);
    claims = program.layout().claims();
    endsAt = settings.endsAt().claims(program.layout());
    counts = new boolean[automata.length];
    for (int p = 0; p < counts.length; p++) {
      counts[p] = processes.get(p).counts();
    }
    pending = new Pending(format.longs());
    level = new StateStore(format.longs());
    nextLevel = new StateStore(format.longs());
    state = new long[format.longs()];
    foundAt = new int[claims.size()];
    foundByStep = new int[claims.size()];
  }

  static Automaton[] automata(Program program, boolean debug) {
    List<Process> processes = program.processes();
    Automaton[] automata = new Automaton[processes.size()];
    for (int p = 0; p < automata.length; p++) {
      automata[p] = new Automaton(program.layout(), processes.get(p), debug);
    }
    return automata;
  }

  /**
   * Searches to the end, or to the end of the budget.
   *
   * @throws ModelError if the program breaks the rules of the machine
   */
  public SearchResult search() {
    long began = System.nanoTime();
    StopReason stop;
    try {
      stop = visitAll(began);
    } catch (OutOfMemoryError e) {
      stop = StopReason.MEMORY;
      liveness.giveUp(stop);
      level = new StateStore(format.longs()); // room to tell what was found
      nextLevel = level;
    }
    return result(stop, began);
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private StopReason visitAll(long began) {
    long[] first = initialState(program, format, automata);
    if (canonicalizer != null) {
      canonicalizer.canonicalize(first);
    }
    visited.add(first, fingerprint.of(first));
    admit(first, -1, 0);
    long mostStates = Math.min(settings.budget().states(), Budget.MAX_STATES);
    double nextProgress = PROGRESS_EVERY_SECONDS;
    int untilLook = LOOK_UP_EVERY;
    for (depth = 0; ; depth++) {
      lookUp();
      StateStore done = level;
      level = nextLevel;
      nextLevel = done;
      nextLevel.clear();
      if (level.size() == 0) {
        depth--;
        return StopReason.COMPLETE;
      }
      int firstOfLevel = parents.size() - level.size();
      for (int i = 0; i < level.size(); i++) {
        if (visited.size() + pending.size() >= mostStates) {
          lookUp();
        }
        if (--untilLook <= 0 || visited.size() >= mostStates) {
          untilLook = LOOK_UP_EVERY;
          double seconds = seconds(began);
          StopReason stop = over(seconds);
          if (liveness.on() && (stop == StopReason.MEMORY || liveness.full())) {
            liveness.giveUp(StopReason.MEMORY);
            visited.forgetNumbers();
            stop = over(seconds);
          }
          if (stop != null) {
            return stop;
          }
          if (seconds >= nextProgress) {
            nextProgress = seconds + PROGRESS_EVERY_SECONDS;
            long frontier = (long) level.size() - i + nextLevel.size();
            settings
                .progress()
                .progress(
                    new Progress(visited.size(), transitions, depth, frontier, bytes(), seconds));
          }
        }
        level.get(i, state);
        stateNumber = firstOfLevel + i;
        expand();
      }
    }
  }

  static long[] initialState(Program program, StateFormat format, Automaton[] automata) {
    long[] state = new long[format.longs()];
    Memory memory = new Memory(program.layout());
    memory.bind(state);
    program.init(memory);
    for (int p = 0; p < automata.length; p++) {
      format.setNode(state, p, automata[p].root(0));
    }
    return state;
  }

  private @Nullable StopReason over(double seconds) {
    StopReason spent = over(seconds, 0);
    boolean many = visited.size() >= Math.min(settings.budget().states(), Budget.MAX_STATES);
    return spent == null && many ? StopReason.STATES : spent;
  }

  /** If it takes so many bytes more. */
  private @Nullable StopReason over(double seconds, long bytes) {
    if (settings.interrupted().getAsBoolean()) {
      return StopReason.INTERRUPTED;
    }
    if (endsAt != 0 && (settings.endsAt().all() ? (~found & endsAt) == 0 : (found & endsAt) != 0)) {
      return StopReason.FOUND;
    }
    if (seconds >= settings.budget().seconds()) {
      return StopReason.SECONDS;
    }
    return bytes() + bytes >= settings.budget().bytes() ? StopReason.MEMORY : null;
  }

  private long bytes() {
    return visited.bytes() + parents.bytes() + level.bytes() + nextLevel.bytes() + liveness.bytes();
  }

  private void expand() {
    progressed = false;
    liveness.expanding();
    expansion.expand(state, receiver);
    if (deadlockClaim != 0 && (found & deadlockClaim) == 0) {
      if (wholeSteps != null && !progressed) {
        wholeSteps.expand(state, this::wholeStep);
      }
      memory.bind(state);
      if (!progressed || waits.inCircle(state, memory)) {
        lookUp(); // what these raise was raised before
        note(deadlockClaim, stateNumber, -1);
      }
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
    transitions++;
    long raised = memory.raised();
    boolean panicked = memory.panicked();
    if ((raised & ~found) != 0) {
      lookUp(); // what these raise was raised before
      note(raised, stateNumber, ordinal);
    }
    if (panicked) {
      progressed = true;
      liveness.panic(process);
      return;
    }
    if (expansion.idle()) {
      liveness.idle(process, stateNumber);
      return;
    }
    progressed |= counts[process] && getsAnywhere(process);
    if (liveness.on()) {
      follow(process, ordinal, successor);
      return;
    }
    pending.add(stateNumber, ordinal, successor, fingerprint.of(successor));
    if (pending.isFull()) {
      lookUp();
    }
  }

  /** One at a time, since it is to be known where each step leads. */
  private void follow(int process, int ordinal, long[] successor) {
    if (canonicalizer != null) {
      if (recent != null && !recent.add(fingerprint.of(successor))) {
        liveness.step(process, recent.target(), recent.permutation());
        return;
      }
      canonicalizer.canonicalize(successor);
    }
    if (visited.add(successor, fingerprint.of(successor))) {
      admit(successor, stateNumber, ordinal);
    }
    int permutation = liveness.permutation(canonicalizer);
    liveness.step(process, visited.number(), permutation);
    if (recent != null) {
      recent.leadsTo(visited.number(), permutation);
    }
  }

  /** Looks up the states that steps have led to, and admits those that are new. */
  private void lookUp() {
    if (canonicalizer != null) {
      rename(canonicalizer);
    }
    visited.fetch(pending);
    for (int i = 0; i < pending.size(); i++) {
      if (visited.add(pending.state(i), pending.fingerprint(i))) {
        admit(pending.state(i), pending.parent(i), pending.ordinal(i));
      }
    }
    pending.truncate(0);
  }

  /** Gives canonical names to those that were not seen under the names that they have. */
  private void rename(Canonicalizer namer) {
    if (recent != null) {
      recent.fetch(pending);
    }
    int renamed = 0;
    for (int i = 0; i < pending.size(); i++) {
      if (recent == null || recent.add(pending.fingerprint(i))) {
        boolean same = namer.canonicalize(pending.state(i));
        long f = same ? pending.fingerprint(i) : fingerprint.of(pending.state(i));
        pending.keep(i, renamed++, f);
      }
    }
    pending.truncate(renamed);
  }

  private void admit(long[] newState, int parent, int ordinal) {
    parents.append(parent, ordinal);
    nextLevel.append(newState);
    memory.bind(newState);
    memory.clearRaised();
    liveness.found(newState, memory);
    program.check(memory);
    if (memory.raised() != 0) {
      note(memory.raised(), parents.size() - 1, -1);
    }
  }

  /** Remembers the first state, or step of it, at which each claim was raised. */
  private void note(long raised, int at, int byStep) {
    long fresh = raised & ~found;
    found |= fresh;
    for (; fresh != 0; fresh &= fresh - 1) {
      int claim = Long.numberOfTrailingZeros(fresh);
      foundAt[claim] = at;
      foundByStep[claim] = byStep;
    }
  }

  private SearchResult result(StopReason stop, long began) {
    ImmutableMap.Builder<Property, SearchResult.Counterexample> runs = ImmutableMap.builder();
    ImmutableSet.Builder<Property> premises = ImmutableSet.builder();
    ShortestRun shortestRun = new ShortestRun(program, settings.reductions());
    for (int claim = 0; claim < claims.size(); claim++) {
      if ((found >>> claim & 1) != 0) {
        runs.put(
            claims.get(claim), shortestRun.of(parents.pathTo(foundAt[claim]), foundByStep[claim]));
      }
      if ((memory.premises() >>> claim & 1) != 0) {
        premises.add(claims.get(claim));
      }
    }
    ImmutableMap.Builder<Property, String> undecided = ImmutableMap.builder();
    long visitedBytes = visited.bytes();
    visited.release(); // room to look at the graph
    if (stop == StopReason.COMPLETE) {
      Allowance allowance = new Allowance(bytes -> over(seconds(began), bytes));
      liveness.decide(parents, shortestRun, allowance, runs, undecided);
    }
    if (program.progress() == null) {
      claims.stream()
          .filter(claim -> claim.kind() == Property.Kind.PROGRESS)
          .forEach(claim -> undecided.put(claim, "the program does not say who makes progress"));
    }
    ImmutableSet.Builder<Class<?>> executed = ImmutableSet.builder();
    ImmutableSet.Builder<String> places = ImmutableSet.builder();
    for (Automaton automaton : automata) {
      automaton.executed(executed, places);
    }
    return new SearchResult(
        stop,
        visited.size(),
        transitions,
        depth,
        seconds(began),
        visitedBytes,
        visited.collisionProbability(),
        runs.buildOrThrow(),
        premises.build(),
        executed.build(),
        places.build(),
        undecided.buildOrThrow());
  }
}
