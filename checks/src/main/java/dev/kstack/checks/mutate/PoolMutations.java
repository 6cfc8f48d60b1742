package dev.kstack.checks.mutate;

import static dev.kstack.checks.mutate.Operation.Kind.CHOOSE;
import static dev.kstack.checks.mutate.Operation.Kind.LOCK;
import static dev.kstack.checks.mutate.Operation.Kind.READ;
import static dev.kstack.checks.mutate.Operation.Kind.UNLOCK;
import static dev.kstack.checks.mutate.Operation.Kind.WRITE;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.model.kernel.Refill;
import dev.kstack.model.machine.Pte;

/** Mistakes in the frame pool, and in the refill of stacks from it. */
final class PoolMutations {
  private static final String TAKE = "FramePool.takeAll";
  private static final String PUT = "FramePool.put";
  private static final String FREE = "FramePool.free";
  private static final String OTHERS_TAKE = "FramePool.takeForOthers";
  private static final String OTHERS_PUT = "FramePool.putFromOthers";
  private static final String REFILL = "AllOrNothing.map";
  private static final String MISSING = "MissingPages.of";

  private PoolMutations() {}

  static ImmutableList<Mutation> of(String d) {
    return ImmutableList.of(
        Mutation.of(d, "take-without-lock", "frames are taken without the pool's lock")
            .rewriting(Place.of(LOCK, "pool.lock", TAKE), Edit.dropped())
            .rewriting(Place.of(UNLOCK, "pool.lock", TAKE), Edit.dropped()),
        Mutation.of(d, "put-without-lock", "frames are given back without the pool's lock")
            .rewriting(Place.of(LOCK, "pool.lock", PUT), Edit.dropped())
            .rewriting(Place.of(UNLOCK, "pool.lock", PUT, FREE), Edit.dropped()),
        Mutation.of(d, "taken-stay-free", "frames that are taken stay in the pool")
            .rewriting(Place.of(WRITE, "pool.free", TAKE), Edit.dropped()),
        Mutation.of(d, "lowest-lost", "of the frames that are free, the lowest is lost")
            .rewriting(Place.of(WRITE, "pool.free", TAKE), Edit.withoutLowest()),
        Mutation.of(
                d, "others-take-highest", "another user takes the frame with the highest number")
            .rewriting(Place.of(CHOOSE, "", OTHERS_TAKE), Edit.storing(Integer::highestOneBit)),
        Mutation.of(d, "put-lost", "frames that are given back do not get into the pool")
            .rewriting(Place.of(WRITE, "pool.free", PUT, FREE), Edit.dropped()),
        Mutation.of(d, "waiter-not-noted", "a CPU that gets no frames is not noted")
            .rewriting(Place.of(WRITE, "pool.waiting", TAKE), Edit.dropped()),
        Mutation.of(d, "waiters-not-kicked", "who waits for frames is not kicked")
            .rewriting(Place.of(WRITE, "rq[].need_resched", FREE), Edit.dropped()),
        Mutation.of(d, "waiters-not-forgotten", "who was kicked is kicked again next time")
            .rewriting(Place.of(WRITE, "pool.waiting", FREE), Edit.dropped())
            .equivalent(
                "it only sets need_resched once more, and schedule() may be entered at any "
                    + "time: it finds who is runnable by itself"),
        Mutation.of(d, "others-steal", "another user leaves the frame that it takes in the pool")
            .rewriting(Place.of(WRITE, "pool.free", OTHERS_TAKE), Edit.dropped()),
        Mutation.of(d, "others-forget", "another user forgets the frame that it took")
            .rewriting(Place.of(WRITE, "pool.others", OTHERS_TAKE), Edit.dropped()),
        Mutation.of(d, "others-keep", "another user gives its frame back and keeps it")
            .rewriting(Place.of(WRITE, "pool.others", OTHERS_PUT), Edit.dropped()),
        Mutation.of(d, "born-accessed", "refill maps pages with A set")
            .rewriting(Place.of(WRITE, "pte[]", REFILL), Edit.storing(pte -> pte | Pte.ACCESSED)),
        Mutation.of(d, "born-absent", "refill maps pages without P")
            .rewriting(Place.of(WRITE, "pte[]", REFILL), Edit.storing(pte -> pte & ~Pte.PRESENT)),
        Mutation.of(d, "pte-not-written", "refill does not write the PTEs")
            .rewriting(Place.of(WRITE, "pte[]", REFILL), Edit.dropped()),
        Mutation.of(d, "nothing-missing", "refill takes every page to be there")
            .rewriting(Place.of(READ, "pte[]", MISSING), Edit.returning(Pte.of(1, Pte.PRESENT))),
        Mutation.of(d, "all-missing", "refill takes every page to be missing")
            .rewriting(Place.of(READ, "pte[]", MISSING), Edit.returning(0)),
        Mutation.of(d, "refill-without-lock", "the rq lock is released for the time of the refill")
            .deciding(
                o ->
                    new Decisions(
                        o.mappedForLife(),
                        new RefillWithoutRqLock(o.refill()),
                        o.hook(),
                        o.scan())),
        refill(d, "off-by-one", "refill begins with page 1", WrongRefill.LOWEST_PAGE_FORGOTTEN),
        refill(
            d,
            "one-too-many",
            "refill takes a frame more than it needs",
            WrongRefill.ONE_FRAME_TOO_MANY),
        refill(
            d,
            "refusal-ignored",
            "a thread runs without the frames that it did not get",
            WrongRefill.REFUSAL_IGNORED),
        refill(
            d,
            "one-frame-for-all",
            "refill may map one frame twice",
            WrongRefill.ONE_FRAME_FOR_ALL),
        refill(d, "top-down", "refill writes the PTEs in the other order", WrongRefill.TOP_DOWN)
            .equivalent(
                "next is off CPU and its lock is held, so only the walker looks at the PTEs "
                    + "between two stores, and it may come between any two, to any page that is "
                    + "mapped; which frame is in which page makes no difference"),
        refill(
            d,
            "roll-back-by-stores",
            "refill takes page by page; its roll back clears PTEs by stores",
            WrongRefill.ROLLED_BACK_BY_STORES),
        refill(
            d,
            "roll-back-leaks",
            "refill takes page by page; its roll back frees no frames",
            WrongRefill.ROLLED_BACK_WITHOUT_FREEING),
        refill(
            d,
            "roll-back-swapped",
            "refill takes page by page; its roll back frees, then unmaps",
            WrongRefill.ROLLED_BACK_IN_THE_WRONG_ORDER));
  }

  private static Mutation refill(String d, String id, String what, Refill refill) {
    return Mutation.of(d, id, what)
        .deciding(
            original ->
                new Decisions(original.mappedForLife(), refill, original.hook(), original.scan()));
  }
}
