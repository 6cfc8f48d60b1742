package dev.kstack.checks.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import dev.kstack.checks.refine.RefiningProgram;
import dev.kstack.model.design.FillsAndTakesBack;
import dev.kstack.model.design.ReadWhileItChanges;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.ForgetClause;
import dev.kstack.model.kernel.MoverClause;
import dev.kstack.model.kernel.SchedulerModel;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Observer;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.RuleBroken;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.spec.Property;
import java.nio.LongBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reductions are mutated as the model is: each condition of what is forgotten, and of what
 * changes places with what others do, is switched off, and at some size the search then says
 * something else than the plain one. Switched on, it says the same there.
 */
class ReductionClausesTest {
  private static final Reductions TRANSACTIONS = new Reductions(true, false, false);
  private static final String AGREED = "";

  record Row<C>(C clause, Subject subject) {}

  /**
   * All but one: that nobody has the lock of the run queue, before the state of a thread that is on
   * it is forgotten. Whoever reads the state of such a thread has its pi_lock, or is the CPU that
   * it runs on ({@code Ownership.ofState()}); that CPU rests, and its own rq lock keeps nobody from
   * it. So nothing is lost without it, and what there is of it are states.
   */
  static Stream<Row<ForgetClause>> forgetting() {
    Subject switchOut = subject("switch-out", Hardware.MANUALS);
    Subject small = switchOut.at(2, 1, 2, 1);
    return Stream.of(
        new Row<>(
            ForgetClause.CPU_RESTS, switchOut.under(SchedulerModel.ONLY_NEWIDLE).at(2, 2, 2, 0)),
        new Row<>(ForgetClause.NOBODY_PARKED, small),
        new Row<>(ForgetClause.NOBODY_QUEUED, small),
        new Row<>(ForgetClause.NOT_ON_RQ, small),
        new Row<>(ForgetClause.NOT_ON_CPU, small),
        new Row<>(
            ForgetClause.NOT_WAKING, switchOut.under(SchedulerModel.ONLY_WAKE_LIST).at(2, 1, 1, 1)),
        new Row<>(ForgetClause.CPU_PI_LOCK_FREE, small),
        new Row<>(ForgetClause.ITS_CPU_RESTS, small),
        new Row<>(
            ForgetClause.NOT_DELAYED,
            switchOut.under(SchedulerModel.ONLY_DELAYED_DEQUEUE).at(2, 2, 1, 0)),
        new Row<>(ForgetClause.QUEUED, small),
        new Row<>(
            ForgetClause.STATE_PI_LOCK_FREE, subject("shrinker", Hardware.MANUALS).at(2, 1, 1, 0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forgetting")
  void withoutTheConditionWhatIsForgottenIsMissed(Row<ForgetClause> row) {
    assertEquals(AGREED, forgetting(row.subject(), Set.of()));
    assertNotEquals(AGREED, forgetting(row.subject(), Set.of(row.clause())));
  }

  @Test
  void everyConditionOfForgettingButThatIsThere() {
    Set<ForgetClause> tried = forgetting().map(Row::clause).collect(Collectors.toSet());
    assertEquals(
        Set.of(ForgetClause.RQ_LOCK_FREE),
        Sets.difference(ImmutableSet.copyOf(ForgetClause.values()), tried));
  }

  /** The copy of the rule that has switches forgets what the kernel forgets. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("forgetting")
  void theKernelForgetsTheSame(Row<ForgetClause> row) {
    AtomicBoolean asKernel = new AtomicBoolean();
    AllStates.Workshop workshop =
        new AllStates.Workshop(new Forgetful(row.subject().program(), Set.of(), asKernel));
    for (LongBuffer state : workshop.search(TRANSACTIONS).states()) {
      asKernel.set(false);
      LongBuffer copied = workshop.forget(state.array());
      asKernel.set(true);
      assertEquals(workshop.forget(state.array()), copied);
    }
  }

  static Stream<Row<MoverClause>> moving() {
    return Stream.of(
        new Row<>(
            MoverClause.WALKER_SETS_A, subject("switch-out+H1", Hardware.MANUALS).at(1, 1, 2, 1)),
        new Row<>(
            MoverClause.WAITER_IS_WRITTEN_TO,
            subject("switch-out+H2", Hardware.MANUALS).at(2, 1, 1, 1)),
        new Row<>(
            MoverClause.WALKER_MAY_COME, like(FillsAndTakesBack.atSwitchOut()).at(1, 1, 2, 1)),
        new Row<>(
            MoverClause.READER_LOOKS, like(ReadWhileItChanges.betweenTwoStores()).at(2, 1, 2, 0)),
        new Row<>(
            MoverClause.READER_SETS_A,
            like(ReadWhileItChanges.betweenLoadAndStore()).at(2, 1, 2, 0)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("moving")
  void whatOthersNoticeIsLostIfItIsJoined(Row<MoverClause> row) {
    assertEquals(AGREED, joining(row.subject(), Set.of()));
    assertNotEquals(AGREED, joining(row.subject(), Set.of(row.clause())));
  }

  /**
   * Of two nobody knows a program or size that shows what they are for, nor that they do nothing.
   */
  @Test
  void everyCaseThatIsToBeNoticedButTwoIsThere() {
    Set<MoverClause> tried = moving().map(Row::clause).collect(Collectors.toSet());
    assertEquals(
        Set.of(MoverClause.STRAY_WALK, MoverClause.SP_IS_LOOKED_AT),
        Sets.difference(ImmutableSet.copyOf(MoverClause.values()), tried));
  }

  /** What is none of the designs, as switch-out otherwise. */
  private static Subject like(Decisions decisions) {
    Subject s = subject("switch-out", Hardware.MANUALS);
    return new Subject(
        "switch-out?", decisions, s.defaults(), s.expectation(), s.assumptions(), s.sizes());
  }

  private static Subject subject(String name, Hardware hardware) {
    return Subject.all().stream()
        .filter(s -> s.name().equals(name) && s.hardware() == hardware)
        .findFirst()
        .orElseThrow();
  }

  /** What a search that forgets says beside one that does not. */
  private static String forgetting(Subject subject, Set<ForgetClause> off) {
    AllStates.Workshop workshop =
        new AllStates.Workshop(new Forgetful(subject.program(), off, new AtomicBoolean()));
    AllStates plain = workshop.search(TRANSACTIONS);
    try {
      AllStates reduced = workshop.search(Reductions.ALL);
      Set<LongBuffer> all = forgotten(workshop, plain.states());
      Set<LongBuffer> atRest = forgotten(workshop, plain.atRest());
      return differences(atRest, reduced.atRest(), all, reduced.states())
          + verdicts(plain, reduced);
    } catch (RuleBroken e) {
      return e.rule() + " is broken";
    }
  }

  /** What a search that joins operations says beside one that does not. */
  private static String joining(Subject subject, Set<MoverClause> off) {
    RefiningProgram program = subject.program();
    MoverClause.switchOff(program.kernel(), off);
    AllStates.Workshop workshop = new AllStates.Workshop(program);
    AllStates plain = workshop.search(Reductions.NONE);
    AllStates joined = workshop.search(TRANSACTIONS);
    return differences(plain.atRest(), joined.atRest(), plain.states(), joined.states())
        + verdicts(plain, joined);
  }

  private static String differences(
      Set<LongBuffer> atRest,
      Set<LongBuffer> reducedAtRest,
      Set<LongBuffer> all,
      Set<LongBuffer> reduced) {
    int missing = Sets.difference(atRest, reducedAtRest).size();
    int none = Sets.difference(reduced, all).size();
    return (missing == 0 ? "" : missing + " states at rest are missing; ")
        + (none == 0 ? "" : none + " states are none; ");
  }

  private static String verdicts(AllStates plain, AllStates reduced) {
    Set<Property> different =
        Sets.symmetricDifference(plain.shortest().keySet(), reduced.shortest().keySet());
    return different.isEmpty() ? "" : "other verdicts on " + different;
  }

  private static Set<LongBuffer> forgotten(AllStates.Workshop workshop, Set<LongBuffer> states) {
    Set<LongBuffer> forgotten = new HashSet<>();
    for (LongBuffer state : states) {
      forgotten.add(workshop.forget(state.array()));
    }
    return forgotten;
  }

  /** Forgets without some of the conditions. */
  private record Forgetful(RefiningProgram program, Set<ForgetClause> off, AtomicBoolean asKernel)
      implements Program {
    @Override
    public Layout layout() {
      return program.layout();
    }

    @Override
    public List<Process> processes() {
      return program.processes();
    }

    @Override
    public void init(Memory memory) {
      program.init(memory);
    }

    @Override
    public void check(Memory memory) {
      program.check(memory);
    }

    @Override
    public void forget(Memory memory, int resting) {
      if (asKernel.get()) {
        program.forget(memory, resting);
      } else {
        ForgetClause.forget(program.kernel(), memory, resting, off);
      }
    }

    @Override
    public Observer observer(Memory memory) {
      return program.observer(memory);
    }

    @Override
    public TaskProgress progress() {
      return program.progress();
    }

    @Override
    public Property deadlock() {
      return program.deadlock();
    }
  }
}
