package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * Who may wait for ever is the same under all reductions, and the same as the plain search says:
 * here of schedulers that jqwik makes up. They lose tasks, lock in any order, and wait for what
 * never comes.
 */
class RandomSchedulersTest {
  private static final int MOST_STATES = 3_000;
  private static final int TASKS = 2;
  private static final Reductions TRANSACTIONS = new Reductions(true, false, false);

  /** What a made-up scheduler does; mostly to a task of the queue, or to its current one. */
  enum What {
    RUN_ONE,
    RUN_ONE_UNMARKED,
    PUT_BACK,
    DROP,
    WAKE_ANY,
    MARK_CURRENT,
    SET,
    CLEAR,
    WAIT_UNTIL_SET,
    WAIT_UNTIL_CLEAR,
    IF_SET,
    LOCKED,
    OTHER_LOCKED,
    PERHAPS,
    CALL
  }

  /** A statement; the body is that of statements that have one. */
  record Statement(What what, List<Statement> body) {}

  @Provide
  Arbitrary<List<List<Statement>>> schedulers() {
    return statements(2).list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<List<Statement>> statements(int depth) {
    Arbitrary<List<Statement>> body =
        depth == 0 ? Arbitraries.just(List.of()) : Arbitraries.lazy(() -> statements(depth - 1));
    return Combinators.combine(what(), body).as(Statement::new).list().ofMinSize(1).ofMaxSize(3);
  }

  /** Mostly such as let tasks run and come back, or all of them are trapped soon. */
  private static Arbitrary<What> what() {
    return Arbitraries.frequencyOf(
        Tuple.of(1, Arbitraries.of(What.class)),
        Tuple.of(1, Arbitraries.of(What.RUN_ONE, What.RUN_ONE_UNMARKED, What.PUT_BACK)));
  }

  /** Runs what was made up. */
  private static final class Interpreter {
    final TinyProgram program = new TinyProgram(TASKS, 0);
    final Word queue = program.layout.word("queue", WordType.TASKS, TASKS);
    final Word flag = program.layout.word("flag", WordType.BOOLEAN, 1);
    final Lock lock = program.layout.lock("lock").at(1);
    final Lock other = program.layout.lock("other").at(2);
    final Word mine = program.layout.guarded(lock, "guarded", WordType.BOOLEAN, 1);
    final List<Word> current = new ArrayList<>();
    final Word[] marked = new Word[TASKS + 1];

    Interpreter(List<List<Statement>> schedulers) {
      for (int task = 1; task <= TASKS; task++) {
        marked[task] = program.layout.wordOf(task, "marked", WordType.BOOLEAN, 1);
      }
      for (int p = 0; p < schedulers.size(); p++) {
        int number = p;
        current.add(program.layout.word("current" + p, WordType.TASK, 2));
        program.process(
            "P" + p,
            m -> {
              run(m, schedulers.get(number), current.get(number), false);
              m.readOnce(flag);
            });
      }
      int last = schedulers.size() - 1;
      flag.answeredBy((memory, value) -> 1 << last);
      program.from(memory -> memory.init(queue, 1));
      program.following(memory -> memory.get(queue), this::running);
      program.layout.complete();
    }

    private int running(Memory memory) {
      int running = 0;
      for (Word word : current) {
        running |= 1 << memory.get(word) >> 1;
      }
      return running;
    }

    private void run(Machine m, List<Statement> statements, Word curr, boolean locked) {
      for (Statement s : statements) {
        run(m, s, curr, locked);
      }
    }

    private void run(Machine m, Statement s, Word curr, boolean locked) {
      switch (s.what()) {
        case RUN_ONE, RUN_ONE_UNMARKED -> {
          int queued = m.readOnce(queue);
          if (queued != 0) {
            int task = m.chooseOne("task", WordType.TASKS, queued);
            if (s.what() == What.RUN_ONE || m.readOnce(marked[task]) == 0) {
              m.writeOnce(queue, queued & ~(1 << task - 1));
              m.writeOnce(curr, task);
            }
          }
        }
        case PUT_BACK -> {
          int task = m.xchg(curr, 0);
          if (task != 0) {
            m.writeOnce(queue, m.readOnce(queue) | 1 << task - 1);
          }
        }
        case DROP -> m.writeOnce(curr, 0);
        case WAKE_ANY -> {
          int task = m.chooseOne("whom", WordType.TASKS, (1 << TASKS) - 1);
          m.writeOnce(queue, m.readOnce(queue) | 1 << task - 1);
        }
        case MARK_CURRENT -> {
          int task = m.readOnce(curr);
          if (task != 0) {
            m.writeOnce(marked[task], 1);
          }
        }
        case SET -> m.writeOnce(flag, 1);
        case CLEAR -> m.writeOnce(flag, 0);
        case WAIT_UNTIL_SET -> m.waitUntil(flag, 1);
        case WAIT_UNTIL_CLEAR -> m.waitUntil(flag, 0);
        case IF_SET -> {
          if (m.readOnce(flag) == 1) {
            run(m, s.body(), curr, locked);
          }
        }
        case LOCKED -> {
          m.lock(lock);
          m.write(mine, 1 - m.read(mine));
          run(m, s.body(), curr, true);
          m.unlock(lock);
        }
        case OTHER_LOCKED -> {
          m.lock(other);
          run(m, s.body(), curr, locked);
          m.unlock(other);
        }
        case PERHAPS -> {
          if (m.choose("perhaps", 0, 1) == 1) {
            run(m, s.body(), curr, locked);
          }
        }
        case CALL -> m.call(() -> run(m, s.body(), curr, locked));
      }
    }
  }

  @Property(tries = 1000)
  void eachReductionDecidesAsThePlainSearchDoes(
      @ForAll("schedulers") List<List<Statement>> schedulers) {
    Interpreter made = new Interpreter(schedulers);
    PlainGraph plain =
        new PlainGraph(new AllStates.Workshop(made.program), Reductions.NONE, MOST_STATES);
    Assume.that(plain.complete());
    int depth = plain.depthOfFirstTrap();
    PlainGraph joined =
        new PlainGraph(new AllStates.Workshop(made.program), TRANSACTIONS, MOST_STATES);
    boolean starves = joined.starves();
    Statistics.collect(depth >= 0 ? "trap" : "no trap", starves ? "starves" : "runs");
    for (boolean transactions : new boolean[] {false, true}) {
      for (boolean names : new boolean[] {false, true}) {
        Reductions r = new Reductions(transactions, names, true);
        SearchResult result = made.program.search(TrapsTest.SETTINGS.withReductions(r));
        assertEquals(depth >= 0, result.found().containsKey(TinyProgram.SCHEDULABLE), "trap, " + r);
        if (transactions) {
          assertEquals(
              starves, result.found().containsKey(TinyProgram.RUNS_EVENTUALLY), "loop, " + r);
        }
      }
    }
  }
}
