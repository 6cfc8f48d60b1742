package dev.kstack.spec;

import static dev.kstack.spec.Property.Kind.PROGRESS;
import static dev.kstack.spec.Property.Kind.SAFETY;
import static dev.kstack.spec.Property.Kind.SANITY;
import static dev.kstack.spec.Property.Kind.SCARCITY;

import com.google.common.collect.ImmutableList;

/** What is claimed of a design of dynamic kernel stacks, each beside the sentence behind it. */
public final class StackProperties {
  /** The rule of the proposal. */
  public static final Property ACCESSED_PAGE_KEPT =
      new Property(
          "accessed-page-kept",
          SAFETY,
          "a stack page that its thread ever accessed is present",
          "\"A simple rule would be: a thread that ever accesses a page gets to keep it forever."
              + " They're never reclaimed after being accessed, only before.\" (Hansen, 18 Jun"
              + " 2026)");

  public static final Property LIVE_PAGE_KEPT =
      new Property(
          "live-page-kept",
          SAFETY,
          "a stack page in use is present: from the saved stack pointer up, or from the deepest page"
              + " that was accessed where the design does not look at the stack pointer",
          "\"They're never reclaimed after being accessed, only before.\" (Hansen, 18 Jun 2026): the"
              + " least that a design must keep of it which gives up \"forever\"");

  public static final Property NO_STACK_FAULT =
      new Property(
          "no-stack-fault",
          SAFETY,
          "no CPU ever touches a stack page that is not present, but where the fault is served at"
              + " once from a reserve",
          "\"... its a lot better than not being able to continue _execution_ of a kernel thread at"
              + " *ALL*, possibly in a non-preemptible context, like when you do it in a #PF.\""
              + " (Hansen, 18 Jun 2026)");

  public static final Property NO_STALE_TRANSLATION =
      new Property(
          "no-stale-translation",
          SAFETY,
          "no CPU uses a TLB entry whose frame is no longer that page's",
          "\"If the _PAGE_ACCESSED bit is clear, you can just clear _PAGE_PRESENT and reclaim the"
              + " page.\" (Hansen, 18 Jun 2026): right only if A=0 proves that no TLB holds the"
              + " page (Intel SDM 3A 4.10.2.3 and 4.10.5)");

  public static final Property FRAME_OWNERSHIP =
      new Property(
          "frame-ownership",
          SAFETY,
          "every frame has exactly one owner: the pool, another user, one PTE, or the context that"
              + " is moving it; none is lost",
          "\"... clear _PAGE_PRESENT and reclaim the page.\" (Hansen, 18 Jun 2026): a page that is"
              + " reclaimed belongs to one owner before and to one owner after");

  public static final Property RUNS_FULLY_MAPPED =
      new Property(
          "runs-fully-mapped",
          SAFETY,
          "a thread that is current on a CPU, in the kernel, has all pages of its stack present",
          "\"... let's say you always *map* 16k of stack for each process.\" (Hansen, 18 Jun"
              + " 2026)");

  public static final Property ON_ONE_CPU =
      new Property(
          "on-one-cpu",
          SAFETY,
          "a thread is current on one CPU at most",
          "\"... a thread that ever accesses a page gets to keep it forever.\" (Hansen, 18 Jun 2026):"
              + " one thread has one stack, and two CPUs cannot run on it");

  public static final Property DEADLOCK_FREE =
      new Property(
          "deadlock-free",
          SAFETY,
          "some CPU, the shrinker or another user of frames can always take a step, and nobody"
              + " waits in a circle",
          "\"You can't run it until you or some other CPU goes and does some reclaim.\" (Hansen, 18"
              + " Jun 2026): so somebody must be left who can");

  public static final Property REFINES_SPEC =
      new Property(
          "refines-spec",
          SAFETY,
          "every operation is one action that the specification allows, or none: see ./kstack spec"
              + " --rules",
          "the whole of the proposal, rule by rule (Hansen, 18 Jun 2026)");

  public static final Property ATOMIC_CONTEXT =
      new Property(
          "atomic-context",
          SAFETY,
          "nobody who holds a spinlock or has interrupts off sleeps, waits for an IPI or wakes kswapd",
          "\"Needing memory in the middle of schedule() is generally a no-go.\" (Hansen, 18 Jun 2026)");

  public static final Property LOCK_ORDER =
      new Property(
          "lock-order",
          SAFETY,
          "locks are taken in one order: pi_lock, the run queue's, the pool's",
          "\"... at the cost of needing locking to coordinate with the scheduler.\" (Hansen, 18 Jun"
              + " 2026)");

  public static final Property DATA_RACE_FREE =
      new Property(
          "data-race-free",
          SAFETY,
          "no two contexts can access one word next, one by a plain access and one by a store: what"
              + " others may touch at the same time is marked",
          "\"... at the cost of needing locking to coordinate with the scheduler.\" (Hansen, 18 Jun"
              + " 2026)");

  public static final Property LOCKING_RULES =
      new Property(
          "locking-rules",
          SAFETY,
          "nobody touches a word that belongs to another context, or whose lock it does not hold,"
              + " releases a lock that it does not hold, or takes a reference count below 0",
          "\"... at the cost of needing locking to coordinate with the scheduler.\" (Hansen, 18 Jun"
              + " 2026)");

  public static final Property NO_LOST_WAKEUP =
      new Property(
          "no-lost-wakeup",
          SAFETY,
          "a CPU does not idle on while there are frames for a thread that it parked: it is told",
          "\"You can't run it until you or some other CPU goes and does some reclaim.\" (Hansen, 18"
              + " Jun 2026): and then it must be run");

  /**
   * A count: see {@link StackInvariants#neverDoomed}. Where it is broken, there are too few frames
   * for a thread for ever (H14), whatever else is right.
   */
  public static final Property NEVER_DOOMED =
      new Property(
          "never-doomed",
          SCARCITY,
          "no thread lacks more frames than can ever be free again: those that others keep for ever"
              + " leave enough for it",
          "\"... a thread that ever accesses a page gets to keep it forever.\" (Hansen, 18 Jun 2026):"
              + " what is kept for ever nobody else ever gets");

  /**
   * AG EF of running, for who is not doomed. Where it is broken, a thread is in a trap: there are
   * frames for it or could be, and it can never run again.
   */
  public static final Property SCHEDULABLE =
      new Property(
          "schedulable",
          PROGRESS,
          "from every reachable state every live thread can still get to run, but for those that"
              + " are doomed by a count of frames: see never-doomed",
          "\"You can't run it until you or some other CPU goes and does some reclaim.\" (Hansen, 18"
              + " Jun 2026): so that must be possible");

  /** Under fairness. Where it is broken, a run goes round for ever and a thread waits all along. */
  public static final Property RUNS_EVENTUALLY =
      new Property(
          "runs-eventually",
          PROGRESS,
          "a thread that wants to run and is not doomed does at last, if everybody goes on, who runs"
              + " is switched out again, and no chance to run it is left out",
          "\"Needing memory in the middle of schedule() is generally a no-go. But its a lot better"
              + " than not being able to continue _execution_ of a kernel thread at *ALL*\" (Hansen,"
              + " 18 Jun 2026): better only if the thread is continued at last");

  public static final Property RECLAIMS =
      new Property(
          "reclaims",
          SANITY,
          "some run gives a stack page back to the pool",
          "\"... and reclaim the page.\" (Hansen, 18 Jun 2026)");

  public static final Property PARKS =
      new Property(
          "parks",
          SANITY,
          "some run makes a thread unschedulable for want of frames",
          "\"... the worst case is that you go to schedule a new thread and can't allocate memory"
              + " fill in the 4 pte_t's.\" (Hansen, 18 Jun 2026)");

  /**
   * A state in which {@link #SCHEDULABLE} is broken, and that can be seen to be one: claimed where
   * threads hold something, beside those of every table, for who looks at single states.
   */
  public static final Property NO_CIRCLE =
      new Property(
          "no-circle",
          SAFETY,
          "no thread that cannot run holds what the frames wait for without which it cannot run",
          "\"You can't run it until you or some other CPU goes and does some reclaim.\" (Hansen, 18"
              + " Jun 2026): and reclaim must not wait for what it holds");

  /** All of them, in the order of every table. */
  public static final ImmutableList<Property> ALL =
      ImmutableList.of(
          ACCESSED_PAGE_KEPT,
          LIVE_PAGE_KEPT,
          NO_STACK_FAULT,
          NO_STALE_TRANSLATION,
          FRAME_OWNERSHIP,
          RUNS_FULLY_MAPPED,
          ON_ONE_CPU,
          DEADLOCK_FREE,
          REFINES_SPEC,
          ATOMIC_CONTEXT,
          LOCK_ORDER,
          DATA_RACE_FREE,
          LOCKING_RULES,
          NO_LOST_WAKEUP,
          NEVER_DOOMED,
          SCHEDULABLE,
          RUNS_EVENTUALLY,
          RECLAIMS,
          PARKS);

  private StackProperties() {}
}
