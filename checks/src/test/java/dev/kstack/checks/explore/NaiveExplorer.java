package dev.kstack.checks.explore;

import com.google.common.primitives.Longs;
import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The whole idea of the explorer without any of its art: whole states in a set, every operation a
 * step, every process run from the beginning of its activation for each of them. It shares no code
 * with the engine, only the model's words.
 */
final class NaiveExplorer {
  /**
   * What a process remembers, and what it has seen since; null where a call began that has not
   * returned.
   */
  private record Place(int local, List<Integer> seen) {}

  private record State(List<Long> words, List<Place> places) {
    State with(int process, Place place, long[] newWords) {
      List<Place> all = new ArrayList<>(places);
      all.set(process, place);
      return new State(List.copyOf(Longs.asList(newWords.clone())), all);
    }
  }

  private final Program program;
  private final int mostStates;
  private final Memory memory;
  private final Set<State> states = new HashSet<>();
  private final Map<Property, Integer> shortest = new HashMap<>();
  private int stuckAt = -1;
  private boolean fatal;

  NaiveExplorer(Program program, int mostStates) {
    this.program = program;
    this.mostStates = mostStates;
    memory = new Memory(program.layout());
    long[] words = new long[program.layout().longs()];
    memory.bind(words);
    program.init(memory);
    List<Place> places = new ArrayList<>();
    for (int p = 0; p < program.processes().size(); p++) {
      places.add(at(p, 0, List.of()));
    }
    State first = new State(List.copyOf(Longs.asList(words)), places);
    add(first, 0);
    level(List.of(first), 0);
  }

  /** Did it find all of them, or give up? */
  boolean complete() {
    return states.size() < mostStates;
  }

  int states() {
    return states.size();
  }

  /** For each property that was violated or reached, but for deadlocks: the fewest steps to it. */
  Map<Property, Integer> shortest() {
    return shortest;
  }

  /** The fewest steps to a state that nobody can leave; -1 if there is none. */
  int stuckAt() {
    return stuckAt;
  }

  private void level(List<State> level, int depth) {
    List<State> next = new ArrayList<>();
    for (State state : level) {
      Set<State> successors = new HashSet<>();
      fatal = false;
      for (int p = 0; p < program.processes().size(); p++) {
        step(state, p, state.places().get(p), false, depth, successors);
      }
      successors.remove(state);
      if (successors.isEmpty() && !fatal && stuckAt < 0) {
        stuckAt = depth;
      }
      for (State successor : successors) {
        if (add(successor, depth + 1)) {
          next.add(successor);
        }
      }
    }
    if (!next.isEmpty() && complete()) {
      level(next, depth + 1);
    }
  }

  private boolean add(State state, int depth) {
    if (!states.add(state)) {
      return false;
    }
    memory.bind(Longs.toArray(state.words()));
    memory.clearRaised();
    program.check(memory);
    note(depth);
    return true;
  }

  private void note(int depth) {
    List<Property> claims = program.layout().claims();
    for (int claim = 0; claim < claims.size(); claim++) {
      if ((memory.raised() >>> claim & 1) != 0) {
        shortest.putIfAbsent(claims.get(claim), depth);
      }
    }
  }

  /** One operation of the process that is there, with the choices that come before it. */
  private void step(
      State from, int p, Place place, boolean chose, int depth, Set<State> successors) {
    Rerun rerun = new Rerun(p, place);
    for (int way : rerun.ways(Longs.toArray(from.words()))) {
      long[] words = Longs.toArray(from.words());
      memory.bind(words);
      memory.clearRaised();
      int result = rerun.perform(way);
      if (result != Instruction.BLOCKED) {
        List<Integer> seen = new ArrayList<>(place.seen());
        seen.add(result);
        Place to = at(p, place.local(), seen);
        if (rerun.choice() && !to.seen().isEmpty()) {
          step(from, p, to, true, depth, successors);
        } else {
          if (new Rerun(p, new Place(place.local(), seen)).ended) {
            program.processes().get(p).rested(memory);
          }
          note(depth + 1);
          if (memory.panicked()) {
            fatal = true; // a way out of the state, and the end of the run
          } else {
            successors.add(from.with(p, to, words));
          }
        }
      } else if (chose && rerun.waits()) {
        successors.add(from.with(p, place, words)); // it remembers what it chose, and waits
      }
    }
  }

  /** Where the process is after it has seen that: in an activation, or at the start of one. */
  private Place at(int p, int local, List<Integer> seen) {
    Rerun rerun = new Rerun(p, new Place(local, seen));
    return rerun.ended ? at(p, rerun.returned, List.of()) : new Place(local, rerun.known);
  }

  /** Runs a process as far as it has seen, to learn what it wants next. */
  private final class Rerun implements Machine {
    private final int process;
    private final List<Integer> seen;
    private final List<Integer> known = new ArrayList<>();
    private int next;
    private boolean ended;
    private int returned;
    private String kind = "";
    private Word word;
    private Instruction instruction;
    private int a;
    private int b;
    private int c;

    @SuppressWarnings("serial")
    private final class Stop extends RuntimeException {
      Stop() {
        super(null, null, false, false); // without a stack trace, which costs most of the time
      }
    }

    Rerun(int process, Place place) {
      this.process = process;
      seen = place.seen();
      try {
        returned = program.processes().get(process).run(this, place.local());
        ended = true;
      } catch (Stop expected) {
        ended = false;
      }
    }

    boolean choice() {
      return kind.equals("choose") || kind.equals("element") || kind.equals("when");
    }

    boolean waits() {
      return kind.equals("lock") || kind.equals("wait");
    }

    /** What may be chosen, and in which ways an instruction may happen; else there is one way. */
    List<Integer> ways(long[] words) {
      memory.bind(words);
      List<Integer> ways = new ArrayList<>();
      switch (kind) {
        case "choose" -> {
          for (int value = a; value <= b; value++) {
            ways.add(value);
          }
        }
        case "element", "execute" -> {
          int set = kind.equals("element") ? a : instruction.variants(memory, process, a, b, c);
          for (int bit = 0; bit < Integer.SIZE; bit++) {
            if ((set >>> bit & 1) != 0) {
              ways.add(bit + (kind.equals("element") ? b : 0));
            }
          }
        }
        default -> ways.add(0);
      }
      return ways;
    }

    /** Does it to the memory. */
    int perform(int way) {
      if (kind.equals("choose") || kind.equals("element")) {
        return way;
      }
      if (kind.equals("execute")) {
        return instruction.execute(memory, process, way, a, b, c);
      }
      int before = memory.get(word);
      switch (kind) {
        case "read" -> {
          return before;
        }
        case "write" -> {
          memory.set(process, word, a);
          return 0;
        }
        case "xchg" -> {
          memory.set(process, word, a);
          return before;
        }
        case "cmpxchg" -> {
          if (before == a) {
            memory.set(process, word, b);
          }
          return before == a ? 1 : 0;
        }
        case "lock", "trylock" -> {
          if (before == 0) {
            memory.set(process, word, process + 1);
            return kind.equals("lock") ? 0 : 1;
          }
          return kind.equals("lock") ? Instruction.BLOCKED : 0;
        }
        case "wait", "when" -> {
          return before == a ? 0 : Instruction.BLOCKED;
        }
        default -> throw new IllegalStateException(kind);
      }
    }

    private int operation(String what, Word on, int x, int y) {
      if (next < seen.size()) {
        int result = seen.get(next++);
        known.add(result);
        return result;
      }
      kind = what;
      word = on;
      a = x;
      b = y;
      throw new Stop();
    }

    /** A call that has returned is one result; one that has not is marked where it began. */
    @Override
    public int call(WordType result, IntSupplier body) {
      boolean returnedBefore = next < seen.size() && seen.get(next) != null;
      if (returnedBefore) {
        known.add(seen.get(next));
        return seen.get(next++);
      }
      next++;
      int began = known.size();
      known.add(null);
      int value = body.getAsInt();
      known.subList(began, known.size()).clear();
      known.add(value);
      return value;
    }

    @Override
    public int retry(WordType result, IntSupplier attempt) {
      int before = known.size();
      int value = call(result, attempt);
      while (value == 0) {
        known.subList(before, known.size()).clear();
        value = call(result, attempt);
      }
      return value;
    }

    @Override
    public int readOnce(Word w) {
      return operation("read", w, 0, 0);
    }

    @Override
    public void writeOnce(Word w, int value) {
      operation("write", w, value, 0);
    }

    @Override
    public int loadAcquire(Word w) {
      return operation("read", w, 0, 0);
    }

    @Override
    public void storeRelease(Word w, int value) {
      operation("write", w, value, 0);
    }

    @Override
    public int read(Word w) {
      return operation("read", w, 0, 0);
    }

    @Override
    public void write(Word w, int value) {
      operation("write", w, value, 0);
    }

    @Override
    public boolean cmpxchg(Word w, int expected, int value) {
      return operation("cmpxchg", w, expected, value) == 1;
    }

    @Override
    public int xchg(Word w, int value) {
      return operation("xchg", w, value, 0);
    }

    @Override
    public void lock(Lock lock) {
      operation("lock", lock.holder(), 0, 0);
    }

    @Override
    public boolean trylock(Lock lock) {
      return operation("trylock", lock.holder(), 0, 0) == 1;
    }

    @Override
    public void unlock(Lock lock) {
      operation("write", lock.holder(), 0, 0);
    }

    @Override
    public void waitUntil(Word w, int value) {
      operation("wait", w, value, 0);
    }

    @Override
    public void when(Word w, int value) {
      operation("when", w, value, 0);
    }

    @Override
    public int choose(String what, int from, int to) {
      return operation("choose", null, from, to);
    }

    @Override
    public int chooseOne(String what, WordType setType, int set) {
      return operation("element", null, set, setType == WordType.TASKS ? 1 : 0);
    }

    @Override
    public int execute(Instruction i, int x, int y, int z) {
      instruction = i;
      c = z;
      return operation("execute", null, x, y);
    }
  }
}
