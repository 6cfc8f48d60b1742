package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.kstack.model.machine.Lock;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.RuleBroken;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Transactions change nothing, whatever the program: here, programs that jqwik makes up. Designs
 * are few and well behaved; these take locks in any order, wait in the wrong places and choose at
 * any time.
 */
class RandomProgramsTest {
  private static final Reductions TRANSACTIONS = new Reductions(true, false, false);
  private static final dev.kstack.spec.Property LOCKING_RULES =
      new dev.kstack.spec.Property(
          "locking-rules", dev.kstack.spec.Property.Kind.SAFETY, "rules of locking are kept", "");
  private static final int MOST_STATES = 20_000;
  private static final int WORDS = 2;
  private static final int LOCKS = 3;

  /** A statement of a made-up program. */
  sealed interface Statement {}

  record Read(int word) implements Statement {}

  record Write(int word, int value) implements Statement {}

  record Exchange(int word, int value) implements Statement {}

  record CompareAndExchange(int word, int value) implements Statement {}

  record Wait(int word, int value) implements Statement {}

  record WriteOwn(int value) implements Statement {}

  /** Skipped where the lock is not held. */
  record WriteGuarded(int lock, int value) implements Statement {}

  /** Whether the lock is held or not. */
  record Trespass(int lock, int value) implements Statement {}

  record WriteOthers(int process) implements Statement {}

  /** Whether it is held, by whomever, or not. */
  record Release(int lock) implements Statement {}

  record IfReads(int word, List<Statement> then, List<Statement> otherwise) implements Statement {}

  record Locked(int lock, List<Statement> body) implements Statement {}

  record Tried(List<Statement> body) implements Statement {}

  record Choice(List<Statement> one, List<Statement> other) implements Statement {}

  record Call(List<Statement> body) implements Statement {}

  /** What the environment begins an activation with, if the word has the value. */
  record Event(int word, int value, List<Statement> body) {}

  /**
   * One process: the events that its activations begin with, one of them if there is but one way.
   */
  record Made(List<Event> events, List<Statement> body) {}

  @Provide
  Arbitrary<List<Made>> programs() {
    return programs(false);
  }

  /** In some of them the rules of locking are broken. */
  @Provide
  Arbitrary<List<Made>> sloppyPrograms() {
    return programs(true);
  }

  private static Arbitrary<List<Made>> programs(boolean sloppy) {
    Arbitrary<Made> process =
        Combinators.combine(
                Combinators.combine(word(), bit(), statements(2, sloppy))
                    .as(Event::new)
                    .list()
                    .ofMaxSize(2),
                statements(2, sloppy))
            .as(Made::new);
    return process.list().ofMinSize(2).ofMaxSize(3);
  }

  private static Arbitrary<Integer> word() {
    return Arbitraries.integers().between(0, WORDS - 1);
  }

  private static Arbitrary<Integer> bit() {
    return Arbitraries.integers().between(0, 1);
  }

  private static Arbitrary<Integer> lock() {
    return Arbitraries.integers().between(0, LOCKS - 1);
  }

  private static Arbitrary<List<Statement>> statements(int depth, boolean sloppy) {
    return statement(depth, sloppy).list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<Statement> statement(int depth, boolean sloppy) {
    List<Arbitrary<? extends Statement>> kinds = new ArrayList<>();
    kinds.add(word().map(Read::new));
    kinds.add(Combinators.combine(word(), bit()).as(Write::new));
    kinds.add(Combinators.combine(word(), bit()).as(Exchange::new));
    kinds.add(Combinators.combine(word(), bit()).as(CompareAndExchange::new));
    kinds.add(Combinators.combine(word(), bit()).as(Wait::new));
    kinds.add(bit().map(WriteOwn::new));
    kinds.add(Combinators.combine(lock(), bit()).as(WriteGuarded::new));
    kinds.add(Combinators.combine(lock(), bit()).as(WriteGuarded::new));
    if (sloppy) {
      kinds.add(Combinators.combine(lock(), bit()).as(Trespass::new));
      kinds.add(lock().map(Release::new));
      kinds.add(bit().map(WriteOthers::new));
    }
    if (depth > 0) {
      Arbitrary<List<Statement>> body = statements(depth - 1, sloppy);
      kinds.add(Combinators.combine(word(), body, body).as(IfReads::new));
      for (int often = 0; often < 4; often++) {
        kinds.add(Combinators.combine(lock(), body).as(Locked::new));
      }
      kinds.add(body.map(Tried::new));
      kinds.add(Combinators.combine(body, body).as(Choice::new));
      kinds.add(body.map(Call::new));
    }
    return Arbitraries.oneOf(kinds);
  }

  /** Runs what was made up. */
  static final class Interpreter {
    final TinyProgram program = new TinyProgram();
    final Word[] words = new Word[WORDS];
    final Lock[] locks = new Lock[LOCKS];
    final Word[] guarded = new Word[LOCKS];
    final Lock tried;
    final List<Word> owned = new ArrayList<>();

    Interpreter(List<Made> processes) {
      this(processes, Set.of());
    }

    Interpreter(List<Made> processes, Set<String> broken) {
      program.layout.claimLockingRules(LOCKING_RULES);
      program.layout.distrust(broken);
      for (int i = 0; i < WORDS; i++) {
        words[i] = program.layout.word("x" + i, WordType.NUMBER, 1);
      }
      for (int i = 0; i < LOCKS; i++) {
        locks[i] = program.layout.lock("L" + i);
        if (i > 0) {
          locks[i].at(i); // one is without a place in the order
        }
        long set =
            program.layout.claim(
                new dev.kstack.spec.Property(
                    "g%d is 0".formatted(i),
                    dev.kstack.spec.Property.Kind.SAFETY,
                    "is never set",
                    ""));
        guarded[i] =
            program
                .layout
                .guarded(locks[i], "g" + i, WordType.NUMBER, 1)
                .watchedBy((memory, process, word, before, after) -> memory.raise(after * set));
      }
      tried = program.layout.lock("T").mayBeTried();
      for (int p = 0; p < processes.size(); p++) {
        Word own = program.layout.ownedBy(p, "own" + p, WordType.NUMBER, 1);
        owned.add(own);
        Made made = processes.get(p);
        program.process("P" + p, m -> activation(m, made, own));
      }
      program.checking(
          memory -> {
            if (memory.get(words[0]) == 1 && memory.get(words[1]) == 1) {
              memory.raise(program.claim);
            }
          });
      program.layout.complete();
    }

    private void activation(Machine m, Made made, Word own) {
      int events = made.events().size();
      int event = events == 0 ? 0 : m.choose("event", 0, events);
      if (event > 0) {
        Event e = made.events().get(event - 1);
        m.when(words[e.word()], e.value());
        m.readOnce(words[e.word()]); // see Machine.when(): no lock may stand here
        run(m, e.body(), own, 0);
      } else {
        run(m, made.body(), own, 0);
      }
      m.readOnce(words[0]);
    }

    private void run(Machine m, List<Statement> statements, Word own, int held) {
      for (Statement statement : statements) {
        run(m, statement, own, held);
      }
    }

    private void run(Machine m, Statement statement, Word own, int held) {
      if (statement instanceof Read s) {
        m.readOnce(words[s.word()]);
      } else if (statement instanceof Write s) {
        m.writeOnce(words[s.word()], s.value());
      } else if (statement instanceof Exchange s) {
        m.xchg(words[s.word()], s.value());
      } else if (statement instanceof CompareAndExchange s) {
        m.cmpxchg(words[s.word()], 1 - s.value(), s.value());
      } else if (statement instanceof Wait s) {
        m.waitUntil(words[s.word()], s.value());
      } else if (statement instanceof WriteOwn s) {
        m.write(own, s.value());
      } else if (statement instanceof WriteGuarded s) {
        if ((held >>> s.lock() & 1) != 0) {
          m.write(guarded[s.lock()], s.value() ^ m.read(guarded[s.lock()]));
        }
      } else if (statement instanceof Trespass s) {
        m.write(guarded[s.lock()], s.value() ^ m.read(guarded[s.lock()]));
      } else if (statement instanceof Release s) {
        m.unlock(locks[s.lock()]);
      } else if (statement instanceof WriteOthers s) {
        m.write(owned.get(s.process()), 1 - m.read(owned.get(s.process())));
      } else if (statement instanceof IfReads s) {
        run(m, m.readOnce(words[s.word()]) == 1 ? s.then() : s.otherwise(), own, held);
      } else if (statement instanceof Locked s) {
        m.lock(locks[s.lock()]);
        run(m, s.body(), own, held | 1 << s.lock());
        m.unlock(locks[s.lock()]);
      } else if (statement instanceof Tried s) {
        if (m.trylock(tried)) {
          run(m, s.body(), own, held);
          m.unlock(tried);
        }
      } else if (statement instanceof Choice s) {
        run(m, m.choose("way", 0, 1) == 0 ? s.one() : s.other(), own, held);
      } else if (statement instanceof Call s) {
        m.call(() -> run(m, s.body(), own, held));
      }
    }
  }

  @Property
  void transactionsFindWhatTheFullSearchFinds(@ForAll("programs") List<Made> processes) {
    Interpreter made = new Interpreter(processes);
    AllStates.Workshop workshop = new AllStates.Workshop(made.program);
    AllStates full = workshop.search(Reductions.NONE, MOST_STATES);
    Assume.that(full.complete());
    AllStates reduced = workshop.search(TRANSACTIONS, MOST_STATES);
    assertEquals(full.shortest().keySet(), reduced.shortest().keySet());
    assertEquals(full.atRest(), reduced.atRest());
  }

  /** Where a rule is broken that the search relies on, one that does not finds what there is. */
  @Property
  void whereRulesAreBrokenTransactionsFindWhatTheFullSearchFinds(
      @ForAll("sloppyPrograms") List<Made> processes) {
    Set<String> broken = new TreeSet<>();
    boolean kept = false;
    while (!kept) {
      try {
        new AllStates.Workshop(new Interpreter(processes, broken).program)
            .search(TRANSACTIONS, MOST_STATES);
        kept = true;
      } catch (RuleBroken e) {
        assertTrue(broken.add(e.rule()), e.rule());
      }
    }
    AllStates.Workshop workshop =
        new AllStates.Workshop(new Interpreter(processes, broken).program);
    AllStates full = workshop.search(Reductions.NONE, MOST_STATES);
    Assume.that(full.complete());
    AllStates reduced = workshop.search(TRANSACTIONS, MOST_STATES);
    assertEquals(full.shortest().keySet(), reduced.shortest().keySet());
    assertEquals(full.atRest(), reduced.atRest());
    assertEquals(!broken.isEmpty(), full.shortest().containsKey(LOCKING_RULES));
  }
}
