package dev.kstack.checks.mutate;

import static dev.kstack.checks.mutate.Operation.Kind.CHOOSE;
import static dev.kstack.checks.mutate.Operation.Kind.CMPXCHG;
import static dev.kstack.checks.mutate.Operation.Kind.EXECUTE;
import static dev.kstack.checks.mutate.Operation.Kind.LOCK;
import static dev.kstack.checks.mutate.Operation.Kind.READ;
import static dev.kstack.checks.mutate.Operation.Kind.UNLOCK;
import static dev.kstack.checks.mutate.Operation.Kind.WAIT;
import static dev.kstack.checks.mutate.Operation.Kind.WRITE;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.mutate.WrongHook.Mistake;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Exclusion;
import dev.kstack.model.kernel.ReclaimTest;
import dev.kstack.model.kernel.Release;
import dev.kstack.model.kernel.Scan;
import dev.kstack.model.kernel.Task;

/** Mistakes in how pages are reclaimed: at switch-out, by the shrinker, and by both. */
final class ReclaimMutations {
  private static final String TRY_UNMAP = "CompareAndExchange.tryUnmap";
  private static final String TASK_CALL = "TaskCallFunc.whileOffCpu";
  private static final String WITH_PI_LOCK = "TaskCallFunc.withPiLock";
  private static final String WITH_RQ_LOCK = "TaskCallFunc.withRqLock";
  private static final String NEEDS_RQ_LOCK = "TaskCallFunc.needsRqLock";
  private static final String FINISH = "Scheduler.finishTaskSwitch";
  private static final String FLUSH = "FlushIpi.flushTlbKernelRange";

  private ReclaimMutations() {}

  static ImmutableList<Mutation> ofBoth(String d) {
    return ImmutableList.of(
        Mutation.of(d, "cmpxchg-is-a-store", "P is cleared by a store")
            .rewriting(Place.of(CMPXCHG, "pte[]", TRY_UNMAP), Edit.store()),
        Mutation.of(d, "cmpxchg-not-checked", "a cmpxchg that fails is taken for one that does not")
            .rewriting(Place.of(CMPXCHG, "pte[]", TRY_UNMAP), Edit.telling(result -> 1)),
        Mutation.of(d, "cmpxchg-dropped", "P is not cleared")
            .rewriting(Place.of(CMPXCHG, "pte[]", TRY_UNMAP), Edit.returning(1)),
        test(d, "a-not-tested", "A is not tested", WrongTest.A_NOT_TESTED),
        test(d, "d-tested", "D is tested in place of A", WrongTest.D_TESTED),
        test(d, "p-not-tested", "P is not tested", WrongTest.P_NOT_TESTED)
            .equivalent(
                "a PTE without P is 0 under both modes: its cmpxchg stores the 0 that is there, "
                    + "and frame 0 means that nothing was unmapped"),
        test(
            d,
            "tried-again",
            "a cmpxchg that fails is tried again, without a look at A",
            WrongTest.TRIED_AGAIN),
        test(d, "ages", "A is cleared where it is set", WrongTest.AGES),
        test(d, "not-the-top", "the top page is never reclaimed", WrongTest.NOT_THE_TOP_PAGE)
            .equivalent(
                "every thread is born with its top page used and A set, and nobody clears A: "
                    + "the page would never be reclaimed anyway"),
        test(
            d,
            "not-the-lowest",
            "the lowest page is never reclaimed",
            WrongTest.NOT_THE_LOWEST_PAGE));
  }

  static ImmutableList<Mutation> ofSwitchOut(String d) {
    Mutation onCpuFirst =
        hook(
                d,
                "on-cpu-first",
                "on_cpu is released before the hook, the rq lock after it",
                Mistake.ON_CPU_RELEASED_FIRST)
            .rewriting(Place.of(WRITE, "on_cpu", FINISH), Edit.dropped());
    return ImmutableList.of(
        hook(
                d,
                "rq-lock-dropped",
                "the rq lock is released for the time of the hook",
                Mistake.RQ_LOCK_DROPPED)
            .equivalent(
                "prev is still on_cpu, and that alone keeps others off: a waker waits for it, "
                    + "and no other CPU picks from this queue, as tasks move only when they are "
                    + "woken; this CPU has interrupts off"),
        onCpuFirst,
        onCpuFirst.withoutRules(),
        hook(
            d,
            "freed-first",
            "frames are freed before their PTEs are cleared",
            Mistake.FREED_FIRST));
  }

  static ImmutableList<Mutation> ofShrinker(String d) {
    Mutation noWait =
        Mutation.of(d, "no-wait", "the shrinker does not wait for on_cpu of a sleeper")
            .rewriting(Place.of(WAIT, "on_cpu", WITH_PI_LOCK), Edit.dropped());
    Mutation onCpu =
        Mutation.of(d, "on-cpu-not-read", "the shrinker does not look at on_cpu under the rq lock")
            .rewriting(Place.of(READ, "on_cpu", WITH_RQ_LOCK), Edit.returning(0));
    Mutation noRqLock =
        Mutation.of(d, "no-rq-lock", "the shrinker does not take the rq lock")
            .rewriting(
                Place.of(LOCK, "rq[].lock", WITH_PI_LOCK, "TaskRqLock.lockOnce"), Edit.dropped())
            .rewriting(Place.of(UNLOCK, "rq[].lock", WITH_RQ_LOCK), Edit.dropped());
    return ImmutableList.of(
        Mutation.of(d, "lowest-scanned", "only the stack with the lowest number is scanned")
            .rewriting(Place.of(CHOOSE, "", "Shrinker.run"), Edit.storing(Integer::lowestOneBit)),
        Mutation.of(d, "no-pi-lock", "the shrinker does not take pi_lock")
            .rewriting(Place.of(LOCK, "pi_lock", TASK_CALL), Edit.dropped())
            .rewriting(Place.of(UNLOCK, "pi_lock", TASK_CALL), Edit.dropped()),
        noRqLock,
        noRqLock.withoutRules(),
        noWait,
        noWait.withoutRules(),
        onCpu,
        onCpu.withoutRules(),
        Mutation.of(d, "on-cpu-never-read", "task_call_func() never looks at on_cpu")
            .rewriting(Place.of(WAIT, "on_cpu", WITH_PI_LOCK), Edit.dropped())
            .rewriting(Place.of(READ, "on_cpu", WITH_RQ_LOCK), Edit.returning(0)),
        Mutation.of(
                d,
                "scans-without-pi-lock",
                "the shrinker releases pi_lock while it waits for on_cpu")
            .rewriting(Place.of(WAIT, "on_cpu", WITH_PI_LOCK), Edit.withoutPiLock()),
        Mutation.of(
                d,
                "state-not-read",
                "whether it needs the rq lock the shrinker sees from on_rq alone")
            .rewriting(Place.of(READ, "state", NEEDS_RQ_LOCK), Edit.returning(Task.SLEEPING))
            .equivalent(
                "a thread whose state is RUNNING is on_rq: it goes up before the state is "
                    + "RUNNING, under pi_lock, which the shrinker holds, and down only when the state "
                    + "is SLEEPING"),
        Mutation.of(
                d,
                "on-rq-not-read",
                "whether it needs the rq lock the shrinker sees from the state alone")
            .rewriting(Place.of(READ, "on_rq", NEEDS_RQ_LOCK), Edit.returning(0)),
        exclusion(
            d,
            "pi-lock-only",
            "the shrinker takes pi_lock and looks at on_cpu",
            WrongExclusion.PI_LOCK_ONLY),
        exclusion(
            d,
            "pi-lock-too-short",
            "pi_lock is released before the scan",
            WrongExclusion.PI_LOCK_RELEASED_TOO_EARLY),
        exclusion(
            d,
            "rq-lock-too-short",
            "the rq lock is released before the scan",
            WrongExclusion.RQ_LOCK_RELEASED_TOO_EARLY),
        exclusion(
            d,
            "rq-lock-too-late",
            "the rq lock is taken behind the look at on_cpu",
            WrongExclusion.RQ_LOCK_TAKEN_TOO_LATE),
        Mutation.of(d, "flush-not-awaited", "frames are free before all CPUs have flushed")
            .rewriting(Place.of(WAIT, "flush.cpumask", FLUSH), Edit.dropped()),
        Mutation.of(d, "flush-not-sent", "no CPU is asked to flush")
            .rewriting(Place.of(EXECUTE, "", FLUSH), Edit.dropped()),
        Mutation.of(d, "flush-not-announced", "a stack may be refilled while it is flushed")
            .rewriting(Place.of(WRITE, "pool.flushing", "FramePool.beginFlush"), Edit.dropped()),
        Mutation.of(
                d, "flushing-not-read", "refill does not look whether the stack is being flushed")
            .rewriting(Place.of(READ, "pool.flushing", "FramePool.takeAll"), Edit.returning(0)),
        Mutation.of(d, "flushing-stays", "a stack that is flushed is never refilled again")
            .rewriting(Place.of(WRITE, "pool.flushing", "FramePool.flushed"), Edit.dropped()),
        release(
            d,
            "flush-announced-late",
            "that a stack is being flushed is noted when it may be refilled already",
            WrongFlush.ANNOUNCED_TOO_LATE),
        Mutation.of(d, "flush-first", "all CPUs flush before the PTEs are cleared, not after")
            .deciding(
                o ->
                    with(
                        o,
                        new Scan(
                            new WrongFlush.BeforeUnmapping(o.scan().exclusion()),
                            o.scan().test(),
                            WrongFlush.DONE_ALREADY))));
  }

  private static Mutation hook(String d, String id, String what, Mistake mistake) {
    return Mutation.of(d, id, what)
        .deciding(
            o ->
                new Decisions(
                    o.mappedForLife(), o.refill(), new WrongHook(mistake, test(o)), o.scan()));
  }

  private static Mutation exclusion(String d, String id, String what, Exclusion exclusion) {
    return Mutation.of(d, id, what)
        .deciding(o -> with(o, new Scan(exclusion, o.scan().test(), o.scan().release())));
  }

  private static Mutation release(String d, String id, String what, Release release) {
    return Mutation.of(d, id, what)
        .deciding(o -> with(o, new Scan(o.scan().exclusion(), o.scan().test(), release)));
  }

  /** At switch-out the test is a part of the hook. */
  private static Mutation test(String d, String id, String what, ReclaimTest test) {
    return Mutation.of(d, id, what)
        .deciding(
            o ->
                o.scan() == null
                    ? new Decisions(
                        o.mappedForLife(), o.refill(), new WrongHook(Mistake.NONE, test), null)
                    : with(o, new Scan(o.scan().exclusion(), test, o.scan().release())));
  }

  private static ReclaimTest test(Decisions decisions) {
    return (ReclaimTest) decisions.hook().parts().get(0);
  }

  private static Decisions with(Decisions original, Scan scan) {
    return new Decisions(original.mappedForLife(), original.refill(), original.hook(), scan);
  }
}
