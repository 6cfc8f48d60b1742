package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.ModelError;
import dev.kstack.model.machine.Observer;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.model.machine.Word;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A counterexample, run once more in the program itself, with everything that happens in it.
 *
 * @param initial the words of the first state, as {@code words}
 * @param steps what happens, in order
 * @param raised the properties that were violated or reached by the last step, or in the state
 *     after it
 * @param waiting where each process that waits stands at the end: for deadlocks
 * @param words the words of the last state, and for locks who holds them
 * @param remarks what the program's observer found wrong with the last operation
 * @param held the task that never runs again, and why; null if the run does not show that
 */
public record Run(
    ImmutableMap<String, String> initial,
    ImmutableList<Step> steps,
    ImmutableList<Property> raised,
    ImmutableList<Waiting> waiting,
    ImmutableMap<String, String> words,
    ImmutableList<String> remarks,
    @Nullable Held held) {

  /**
   * One step.
   *
   * @param number from 1
   * @param process who takes it
   * @param actingFor on whose behalf: the task that a CPU runs; empty if there is none
   * @param events the operations in it
   * @param words the words of the state after it, and for locks who holds them
   */
  public record Step(
      int number,
      String process,
      String actingFor,
      ImmutableList<Event> events,
      ImmutableMap<String, String> words) {

    /** Without choices, which show in what follows, and without what nobody else can notice. */
    public ImmutableList<Event> noticeable() {
      List<Event> operations = events.stream().filter(e -> !e.choice()).toList();
      List<Event> shown = operations.stream().filter(e -> !e.silent()).toList();
      if (!shown.isEmpty()) {
        return ImmutableList.copyOf(shown);
      }
      List<Event> any = operations.isEmpty() ? events : operations;
      return ImmutableList.copyOf(any.subList(0, Math.min(1, any.size())));
    }
  }

  /**
   * One operation.
   *
   * @param function class and method of the model: {@code Scheduler.finishTaskSwitch}
   * @param file its source file
   * @param folder the folders of its package: {@code dev/kstack/model/kernel}
   * @param line the line in it
   * @param choice is it the environment's choice, and not an operation on memory?
   * @param silent is it a plain load, or a store of what was there?
   * @param races the other access, if it is a data race: who, where and what; else empty
   * @param breaks the rule of locking that it breaks, and how; empty if none
   * @param reads does what is in the word matter to it? Not to a store or an unlock
   * @param word the word that it is an operation on, or the lock; empty for choices and
   *     instructions
   * @param operation in kernel notation: {@code cmpxchg(B.pte[1], P|f3, 0)}
   * @param result what it returned; empty if nothing
   * @param changes what changed, but for locks: {@code B.pte[1]: P|f3 -> P|A|f3}
   */
  public record Event(
      String function,
      String file,
      String folder,
      int line,
      boolean choice,
      boolean silent,
      String races,
      String breaks,
      boolean reads,
      String word,
      String operation,
      String result,
      ImmutableList<String> changes) {

    /** The operation with its result: {@code READ_ONCE(A.on_cpu) -> 0}. */
    public String text() {
      return result.isEmpty() ? operation : operation + " -> " + result;
    }
  }

  /**
   * A task that does not run again.
   *
   * @param task its name
   * @param ending what the run shows of it
   * @param why what it lacks at the end, and why nobody gives it; lines
   * @param runs does it run at the end, or want nothing? Then the ending is not true
   * @param closes is the end of the loop where it began? True also of what is no loop, and of a
   *     loop in which names change places
   */
  public record Held(
      String task,
      SearchResult.Ending ending,
      ImmutableList<String> why,
      boolean runs,
      boolean closes) {}

  /** A process that waits, and for what. */
  public record Waiting(String process, String function, String file, int line, String what) {}

  /**
   * Runs it.
   *
   * @throws ModelError if the program does not allow one of the steps
   */
  public static Run of(
      Program program, Reductions reductions, SearchResult.Counterexample counterexample) {
    Automaton[] automata = Explorer.automata(program);
    StateFormat format = new StateFormat(program.layout(), automata.length);
    Memory memory = new Memory(program.layout());
    Observer observer = program.observer(memory);
    memory.observedBy(observer);
    Expansion expansion =
        new Expansion(program, format, automata, memory, reductions.keepingNames(), false);
    long[] state = Explorer.initialState(program, format, automata);
    List<long[]> states = new ArrayList<>(List.of(state));
    ImmutableMap<String, String> initial = words(program, memory, state);
    List<Step> steps = new ArrayList<>();
    long raised = 0;
    boolean panicked = false;
    Renaming asTheyAre = new Renaming(program.layout().tasks(), program.layout().frames());
    for (SearchResult.Counterexample.Step step : counterexample.steps()) {
      if (step.process() < 0 || step.process() >= automata.length) {
        throw new ModelError(
            "step %d of the run is of process %d; there are %d, from 0"
                .formatted(steps.size() + 1, step.process(), automata.length));
      }
      Recorder recorder = new Recorder(program.layout(), memory, state);
      long[] successor = new long[format.longs()];
      int[] taken = {0};
      memory.bind(state);
      String actingFor = program.processes().get(step.process()).actingFor(memory);
      try {
        expansion.follow(
            state,
            step.process(),
            step.choices(),
            recorder,
            (process, ordinal, to) -> {
              taken[0] += expansion.choices(asTheyAre).equals(step.choices()) ? 1 : 0;
              System.arraycopy(to, 0, successor, 0, to.length);
            });
      } catch (ModelError e) {
        throw new ModelError("step %d: %s".formatted(steps.size() + 1, e.getMessage()));
      }
      if (taken[0] != 1) {
        throw new ModelError("step %d of the run is not possible".formatted(steps.size() + 1));
      }
      raised = memory.raised();
      state = successor;
      panicked = memory.panicked();
      steps.add(
          new Step(
              steps.size() + 1,
              automata[step.process()].process().name(),
              actingFor,
              recorder.events(),
              words(program, memory, state)));
      states.add(state);
    }
    memory.bind(state);
    if (!panicked) {
      memory.clearRaised();
      memory.raise(raised);
      program.check(memory);
    }
    if (program.deadlock() != null && isDeadlock(program, format, automata, memory, state)) {
      memory.raise(program.layout().claim(program.deadlock()));
    }
    return new Run(
        initial,
        ImmutableList.copyOf(steps),
        properties(program.layout(), memory.raised()),
        waiting(format, automata, memory, state),
        words(program, memory, state),
        ImmutableList.copyOf(observer.remarks()),
        held(program, memory, counterexample.ending(), states));
  }

  private static @Nullable Held held(
      Program program, Memory memory, SearchResult.Ending ending, List<long[]> states) {
    TaskProgress progress = program.progress();
    int task =
        ending instanceof SearchResult.Ending.Trap trap
            ? trap.task()
            : ending instanceof SearchResult.Ending.Loop loop ? loop.task() : 0;
    if (progress == null) {
      return null;
    }
    if (task == 0) {
      return doomed(progress, memory, ending);
    }
    boolean owed =
        ending instanceof SearchResult.Ending.Loop
            ? (progress.wanting(memory) & 1 << task - 1) != 0
            : (progress.live(memory) & 1 << task - 1) != 0;
    boolean runs = !owed || (progress.running(memory) & 1 << task - 1) != 0;
    boolean closes =
        !(ending instanceof SearchResult.Ending.Loop loop)
            || loop.renamed()
            || Arrays.equals(states.get(loop.from()), states.get(states.size() - 1));
    return new Held(
        Layout.taskName(task),
        ending,
        ImmutableList.copyOf(progress.whyNotRunning(memory, task)),
        runs,
        closes);
  }

  private static @Nullable Held doomed(
      TaskProgress progress, Memory memory, SearchResult.Ending ending) {
    int doomed = progress.doomed(memory);
    if (doomed == 0) {
      return null;
    }
    int task = Integer.numberOfTrailingZeros(doomed) + 1;
    ImmutableList<String> why = ImmutableList.copyOf(progress.whyNotRunning(memory, task));
    return new Held(Layout.taskName(task), ending, why, false, true);
  }

  static ImmutableMap<String, String> words(Program program, Memory memory, long[] state) {
    memory.bind(state);
    return words(program, memory);
  }

  static ImmutableMap<String, String> words(Program program, Memory memory) {
    ImmutableMap.Builder<String, String> words = ImmutableMap.builder();
    for (Word word : program.layout().words()) {
      int value = memory.get(word);
      if (word.isLock()) {
        words.put(word.name(), value == 0 ? "" : program.processes().get(value - 1).name());
      } else if (!word.ghost()) {
        words.put(word.name(), word.show(value));
      }
    }
    return words.buildOrThrow();
  }

  private static boolean isDeadlock(
      Program program, StateFormat format, Automaton[] automata, Memory memory, long[] state) {
    long raised = memory.raised();
    boolean circle = new Waits(format, automata).inCircle(state, memory);
    boolean[] progressed = {false};
    new Expansion(program, format, automata, memory, Reductions.ALL, false)
        .expand(
            state,
            (process, ordinal, to) ->
                progressed[0] |=
                    program.processes().get(process).counts() && !Arrays.equals(state, to));
    memory.bind(state);
    memory.clearRaised();
    memory.raise(raised);
    return circle || !progressed[0];
  }

  static ImmutableList<Property> properties(Layout layout, long raised) {
    ImmutableList.Builder<Property> properties = ImmutableList.builder();
    for (int claim = 0; claim < layout.claims().size(); claim++) {
      if ((raised >>> claim & 1) != 0) {
        properties.add(layout.claims().get(claim));
      }
    }
    return properties.build();
  }

  static ImmutableList<Waiting> waiting(
      StateFormat format, Automaton[] automata, Memory memory, long[] state) {
    ImmutableList.Builder<Waiting> waiting = ImmutableList.builder();
    for (int p = 0; p < automata.length; p++) {
      Op op = automata[p].op(format.node(state, p));
      Word word = op.word();
      if (op.waits() && memory.get(word) != (op.kind() == Op.Kind.WAIT ? op.a() : 0)) {
        int value = memory.get(word);
        String what =
            op.kind() == Op.Kind.LOCK
                ? "%s, held by %s".formatted(word, automata[value - 1].process().name())
                : "%s to be %s; it is %s".formatted(word, word.show(op.a()), word.show(value));
        waiting.add(
            new Waiting(
                automata[p].process().name(),
                op.site().function(),
                op.site().file(),
                op.site().line(),
                what));
      }
    }
    return waiting.build();
  }

  /** Writes down the operations of one step. */
  static final class Recorder implements OpListener {
    private final Layout layout;
    private final Memory memory;
    private final int[] values;
    private final ImmutableList.Builder<Event> events = ImmutableList.builder();

    Recorder(Layout layout, Memory memory, long[] state) {
      this.layout = layout;
      this.memory = memory;
      memory.bind(state);
      values = layout.words().stream().mapToInt(memory::get).toArray();
    }

    ImmutableList<Event> events() {
      return events.build();
    }

    @Override
    public void performed(Op op, int variant, int result) {
      ImmutableList.Builder<String> changes = ImmutableList.builder();
      for (Word word : layout.words()) {
        int before = values[word.number()];
        int after = memory.get(word);
        values[word.number()] = after;
        boolean said = word == op.word() && isLock(op);
        if (before != after && !word.ghost() && !said) {
          changes.add("%s: %s -> %s".formatted(word, word.show(before), word.show(after)));
        }
      }
      ImmutableList<String> noted = changes.build();
      String races = memory.takeRaced();
      String breaks = memory.takeBroken();
      events.add(
          new Event(
              op.site().function(),
              op.site().file(),
              op.site().folder(),
              op.site().line(),
              op.isChoice() || op.kind() == Op.Kind.WHEN,
              races.isEmpty() && breaks.isEmpty() && isSilent(op, noted.isEmpty()),
              races,
              breaks,
              op.kind() != Op.Kind.WRITE && op.kind() != Op.Kind.UNLOCK,
              op.word() == null || op.isChoice() ? "" : op.word().name(),
              notation(op, variant),
              result(op, result),
              noted));
    }

    private static boolean isSilent(Op op, boolean changedNothing) {
      return switch (op.kind()) {
        case READ -> op.name().equals("read");
        case WRITE -> changedNothing;
        case CMPXCHG, XCHG, LOCK, TRYLOCK, UNLOCK, WAIT, WHEN, CHOOSE, CHOOSE_ONE, EXECUTE -> false;
      };
    }

    private static boolean isLock(Op op) {
      return switch (op.kind()) {
        case LOCK, TRYLOCK, UNLOCK -> true;
        case READ, WRITE, CMPXCHG, XCHG, WAIT, WHEN, CHOOSE, CHOOSE_ONE, EXECUTE -> false;
      };
    }

    static String notation(Op op, int variant) {
      Word word = op.word();
      return switch (op.kind()) {
        case READ -> "%s(%s)".formatted(op.name(), word);
        case WRITE, XCHG -> "%s(%s, %s)".formatted(op.name(), word, word.show(op.a()));
        case CMPXCHG -> "cmpxchg(%s, %s, %s)".formatted(word, word.show(op.a()), word.show(op.b()));
        case LOCK, TRYLOCK, UNLOCK -> "%s(%s)".formatted(op.name(), word);
        case WAIT -> "%s(%s == %s)".formatted(op.name(), word, word.show(op.a()));
        case WHEN -> "%s is %s".formatted(word, word.show(op.a()));
        case CHOOSE, CHOOSE_ONE -> op.what();
        case EXECUTE -> op.instruction().show(variant, op.a(), op.b(), op.c());
      };
    }

    private String result(Op op, int result) {
      return switch (op.kind()) {
        case READ, XCHG -> op.word().show(result);
        case CMPXCHG, TRYLOCK -> result == 1 ? "ok" : "failed";
        case CHOOSE, CHOOSE_ONE -> layout.show(op.result(), result);
        case EXECUTE -> layout.show(op.result(), result);
        case WRITE, LOCK, UNLOCK, WAIT, WHEN -> "";
      };
    }
  }
}
