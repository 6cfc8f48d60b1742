package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Visits every reachable state of a program, breadth first: the first run to a violation that it
 * finds is a shortest one. It goes on behind violations, so that one search decides every property;
 * only a panic ends a run.
 */
public final class Explorer {
  private static final double PROGRESS_EVERY_SECONDS = 0.5;

  /** So many states are expanded before their successors are looked up. */
  private static final int BLOCK_BATCHES = 64;

  /** Near the end of the budget, blocks are so small that it is hardly exceeded. */
  private static final int MOST_NEW_PER_STATE = 64;

  private static final long QUICKLY_WRITTEN = 1L << 30;

  private final Program program;
  private final Settings settings;
  private final StateFormat format;
  private final Worker[] workers;
  private final Room room;
  private final SearchState state;
  private final VisitedSet visited;
  private final Liveness liveness;
  private final List<Property> claims;
  private final long endsAt;

  private final Batch[] block = new Batch[BLOCK_BATCHES];
  private int batches;
  private final AtomicInteger nextBatch = new AtomicInteger();
  private double nextProgress = PROGRESS_EVERY_SECONDS;
  private Phase shown = Phase.SEARCH;

  public Explorer(Program program, Settings settings) {
    this.program = program;
    this.settings = settings;
    format = new StateFormat(program.layout(), program.processes().size());
    workers = Worker.of(program, settings, format);
    room = settings.disk() == null ? Room.HEAP : settings.disk().room();
    liveness = new Liveness(program, settings, room);
    visited =
        settings.exact()
            ? new ExactSet(format.longs(), workers[0].fingerprint())
            : new FingerprintSet(liveness.on());
    claims = program.layout().claims();
    endsAt = settings.endsAt().claims(program.layout());
    for (int b = 0; b < block.length; b++) {
      block[b] = new Batch(format.longs(), workers.length);
    }
    state = new SearchState(format, workers, visited, liveness, new FirstSeen(claims.size()), room);
  }

  static Automaton[] automata(Program program) {
    return automata(program, false, false);
  }

  /** See {@link Automaton}. */
  static Automaton[] automata(Program program, boolean debug, boolean alike) {
    List<Process> processes = program.processes();
    Automaton[] automata = new Automaton[processes.size()];
    for (int p = 0; p < automata.length; p++) {
      automata[p] = new Automaton(program.layout(), processes.get(p), debug, alike);
    }
    return automata;
  }

  /**
   * Searches to the end, or to the end of the budget.
   *
   * @throws ModelError if the program breaks the rules of the machine
   */
  public SearchResult search() {
    try (room) {
      return searchIn();
    }
  }

  private SearchResult searchIn() {
    long began = System.nanoTime();
    StopReason stop;
    try (Team team = new Team(workers.length)) {
      began -= resume();
      stop = state.released() ? StopReason.COMPLETE : visitAll(team, began);
    } catch (OutOfMemoryError e) {
      stop = StopReason.MEMORY;
    } catch (DiskFullException e) {
      stop = StopReason.DISK;
    } catch (InternalError e) {
      if (settings.disk() == null) {
        throw e;
      }
      stop = StopReason.DISK; // the JVM says so of a page of a file that cannot be read or written
    }
    if (stop == StopReason.MEMORY || stop == StopReason.DISK) {
      state.giveUp(stop);
      Arrays.fill(block, new Batch(0, 0));
    }
    return result(stop, began);
  }

  /**
   * Goes on from a checkpoint, if there is one. Returns the nanoseconds that it took until then.
   */
  private long resume() {
    double[] seconds = {0};
    try {
      Checkpoints checkpoints = settings.checkpoints();
      if (checkpoints == null || !checkpoints.resume(in -> seconds[0] = state.take(in))) {
        admitFirst();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    nextProgress += seconds[0];
    return (long) (seconds[0] * 1e9);
  }

  private void checkpoint(boolean due, long began) {
    Checkpoints checkpoints = settings.checkpoints();
    if (checkpoints != null && due) {
      checkpoints.write(out -> state.put(seconds(began), out));
    }
  }

  private void checkpointBetweenPhases(long began) {
    Checkpoints checkpoints = settings.checkpoints();
    checkpoint(checkpoints != null && checkpoints.dueBetweenPhases(), began);
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private StopReason visitAll(Team team, long began) {
    Checkpoints checkpoints = settings.checkpoints();
    while (true) {
      if (state.levelIsDone() && !state.nextLevel()) {
        return StopReason.COMPLETE;
      }
      StopReason stop = stop(seconds(began));
      if (stop != null) {
        // With more to use, it can go on. Who interrupts it waits for it, and not for long.
        checkpoint(stop != StopReason.INTERRUPTED || bytes() < QUICKLY_WRITTEN, began);
        return stop;
      }
      checkpoint(checkpoints != null && checkpoints.due(), began);
      show(Phase.SEARCH, 0, state.frontier(), seconds(began));
      expandBlock(team);
    }
  }

  private void admitFirst() {
    long[] first = workers[0].initialState();
    Batch batch = block[0];
    batch.begin(0, -1, 0, state.seen.claims());
    batch.leadsTo(0, 0, 0, 0, workers[0].fingerprint().of(first), first, 0);
    batches = 1;
    workers[0].lookUp(block, 1, visited, 0);
    admitNew(task -> task.by(0));
  }

  /** Why the search must end now; null if it need not. */
  private @Nullable StopReason stop(double seconds) {
    StopReason stop = over(seconds);
    if (liveness.on() && (stop == StopReason.MEMORY || liveness.full())) {
      liveness.giveUp(StopReason.MEMORY);
      visited.forgetNumbers();
      stop = over(seconds);
    }
    return stop;
  }

  /**
   * Expands the next states of the level, and admits those that they lead to. The workers do so
   * together, step by step: a state is that of the first step to it in the order of this level, so
   * numbers, parents and what is found are the same for any number of workers.
   */
  private void expandBlock(Team team) {
    StateStore level = state.level;
    int from = state.from;
    int firstOfLevel = state.firstOfLevel();
    long room = Math.min(settings.budget().states(), Budget.MAX_STATES) - visited.size();
    long most = Math.min((long) BLOCK_BATCHES * Batch.STATES, room / MOST_NEW_PER_STATE);
    int end = (int) Math.min(level.size(), from + Math.max(1, most));
    batches = 0;
    for (int at = from; at < end; at += Batch.STATES) {
      int count = Math.min(Batch.STATES, end - at);
      block[batches++].begin(at, firstOfLevel + at, count, state.seen.claims());
    }
    // A few states are not worth waiting for each other.
    Consumer<Team.Work> by = batches > 2 ? team::together : work -> work.by(0);
    boolean everyStep = liveness.on();
    int lookingUp = batches > 2 && !settings.exact() ? workers.length : 1;
    each(by, (worker, batch) -> worker.expand(batch, level, everyStep, lookingUp));
    by.accept(
        w -> {
          workers[w].refresh();
          workers[w].lookUp(block, batches, visited, w);
        });
    admitNew(by);
    state.from = end;
  }

  private void admitNew(Consumer<Team.Work> by) {
    ParentLog parents = state.parents;
    StateStore next = state.nextLevel;
    int first = parents.size();
    int firstOfNext = first - next.size();
    int end = first;
    for (int b = 0; b < batches; b++) {
      end = block[b].numberFrom(end);
    }
    parents.extend(end);
    next.extend(end - firstOfNext);
    each(
        by,
        (worker, batch) ->
            worker.admit(batch, next, firstOfNext, parents, state.numbered(), liveness.claims()));
    if (liveness.on()) {
      liveness.makeRoom(block, batches, end);
      each(by, (worker, batch) -> liveness.take(batch, block));
    }
    for (int b = 0; b < batches; b++) {
      Batch batch = block[b];
      state.transitions += batch.transitions;
      if (!batch.raised.isEmpty()) {
        batch.raised.sort(Comparator.comparingInt(Batch.Raised::order));
        for (Batch.Raised raised : batch.raised) {
          state.seen.note(raised.claims(), raised.at(), raised.byStep());
        }
      }
    }
  }

  /** What a worker does with a batch. */
  @FunctionalInterface
  private interface OnBatch {
    void by(Worker worker, Batch batch);
  }

  /**
   * Each batch is for one worker, and each worker's come in order: what it has seen was seen before
   * what it looks at now. What goes wrong in the first of them is thrown.
   */
  private void each(Consumer<Team.Work> by, OnBatch work) {
    nextBatch.set(0);
    by.accept(
        w -> {
          workers[w].refresh();
          for (int b = nextBatch.getAndIncrement(); b < batches; b = nextBatch.getAndIncrement()) {
            try {
              work.by(workers[w], block[b]);
            } catch (ModelError | OutOfMemoryError e) {
              block[b].failure = e;
            }
          }
        });
    for (int b = 0; b < batches; b++) {
      Team.throwAgain(block[b].failure);
    }
  }

  /** Tells of progress, if it is time. */
  private void show(Phase phase, double done, long frontier, double seconds) {
    if (seconds < nextProgress && phase == shown) {
      return;
    }
    shown = phase;
    nextProgress = seconds + PROGRESS_EVERY_SECONDS;
    settings
        .progress()
        .progress(
            new Progress(
                visited.size(),
                state.transitions,
                state.depth,
                frontier,
                bytes(),
                settings.budget().bytes(),
                seconds,
                phase,
                done));
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
    long found = state.seen.claims();
    if (endsAt != 0 && (settings.endsAt().all() ? (~found & endsAt) == 0 : (found & endsAt) != 0)) {
      return StopReason.FOUND;
    }
    if (seconds >= settings.budget().seconds()) {
      return StopReason.SECONDS;
    }
    return bytes() + bytes >= settings.budget().bytes() ? StopReason.MEMORY : null;
  }

  private long bytes() {
    long ofBatches = 0;
    for (Batch batch : block) {
      ofBatches += batch.bytes();
    }
    return state.bytes() + ofBatches;
  }

  private SearchResult result(StopReason stop, long began) {
    ImmutableMap.Builder<Property, SearchResult.Counterexample> runs = ImmutableMap.builder();
    ImmutableSet.Builder<Property> premises = ImmutableSet.builder();
    ShortestRun shortestRun = new ShortestRun(program, settings.reductions());
    show(Phase.RUNS, 0, 0, seconds(began));
    FirstSeen seen = state.seen;
    long premisesMet = state.premises();
    for (int claim = 0; claim < claims.size(); claim++) {
      if (seen.has(claim)) {
        runs.put(
            claims.get(claim),
            shortestRun.of(state.parents.pathTo(seen.at(claim)), seen.byStep(claim)));
      }
      if ((premisesMet >>> claim & 1) != 0) {
        premises.add(claims.get(claim));
      }
    }
    ImmutableMap.Builder<Property, String> undecided = ImmutableMap.builder();
    if (stop == StopReason.COMPLETE) {
      state.release();
      checkpointBetweenPhases(began);
      Allowance allowance =
          new Allowance(
              bytes -> over(seconds(began), bytes),
              (phase, done) -> show(phase, done, 0, seconds(began)));
      liveness.decide(
          state.parents,
          shortestRun,
          allowance,
          () -> checkpointBetweenPhases(began),
          runs,
          undecided);
    }
    if (program.progress() == null) {
      claims.stream()
          .filter(claim -> claim.kind() == Property.Kind.PROGRESS)
          .forEach(claim -> undecided.put(claim, "the program does not say who makes progress"));
    }
    ImmutableSet.Builder<Class<?>> executed = ImmutableSet.builder();
    ImmutableSet.Builder<String> places = ImmutableSet.builder();
    for (Worker worker : workers) {
      worker.executed(executed, places);
    }
    return new SearchResult(
        stop,
        visited.size(),
        state.transitions,
        state.depth,
        seconds(began),
        state.visitedBytes(),
        visited.collisionProbability(),
        runs.buildOrThrow(),
        premises.build(),
        executed.build(),
        places.build(),
        undecided.buildOrThrow());
  }
}
