package dev.kstack.checks.mutate;

import static dev.kstack.checks.mutate.Operation.Kind.CMPXCHG;
import static dev.kstack.checks.mutate.Operation.Kind.WRITE;
import static dev.kstack.checks.mutate.Operation.Kind.XCHG;

import com.google.common.collect.ImmutableList;

/** Mistakes in what else goes on in the machine: a CPU that dies, a kworker, a killer, two mms. */
final class SurroundingsMutations {
  private SurroundingsMutations() {}

  /** On PREEMPT_RT, where frames wait on lists of their CPUs, and CPUs go offline. */
  static ImmutableList<Mutation> ofDeferredFree(String d) {
    return ImmutableList.of(
        Mutation.of(
                d, "pushed-stays-queued", "who is pushed off a CPU that dies stays queued there")
            .rewriting(
                Place.of(WRITE, "rq[].queue", "CpuHotplug.balancePush", "CpuHotplug.migrate"),
                Edit.removingNothing()),
        Mutation.of(d, "pushed-not-queued", "who is pushed off a CPU that dies is queued nowhere")
            .rewriting(
                Place.of(WRITE, "rq[].queue", "CpuHotplug.balancePush", "CpuHotplug.migrate"),
                Edit.addingNothing()),
        Mutation.of(d, "drained-lost", "the list of a CPU that dies is emptied and not handed on")
            .rewriting(
                Place.of(
                    CMPXCHG, "rq[].free_list", "CpuHotplug.pageAllocCpuDead", "FreeList.tryAdd"),
                Edit.returning(1)),
        Mutation.of(d, "listed-lost", "frames that the hook takes get on no list")
            .rewriting(
                Place.of(
                    CMPXCHG, "rq[].free_list", "ListPerCpu.beforeFinishTask", "FreeList.tryAdd"),
                Edit.returning(1)),
        Mutation.of(d, "worker-idles", "the kworker finds every list empty")
            .rewriting(
                Place.of(XCHG, "rq[].free_list", "Worker.freeListOf", "FreeList.delAll"),
                Edit.returning(0)));
  }

  static ImmutableList<Mutation> ofOomKill(String d) {
    return ImmutableList.of(
        Mutation.of(d, "nobody-killed", "where frames are short nobody is marked as the victim")
            .rewriting(Place.of(CMPXCHG, "oom_victim", "OomKiller.kill"), Edit.returning(0)));
  }

  static ImmutableList<Mutation> ofLazyPgd(String d) {
    return ImmutableList.of(
        Mutation.of(d, "pgd-not-synced", "the top-level entry is looked at and not filled in")
            .rewriting(Place.of(WRITE, "pgd", "TopLevels.switchMm"), Edit.dropped()));
  }
}
