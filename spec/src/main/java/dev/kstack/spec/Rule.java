package dev.kstack.spec;

import java.util.Optional;
import java.util.stream.Stream;

/** What an action must obey, each beside the sentence that it formalizes. */
public enum Rule {
  ACCESSED_PAGES_ARE_KEPT(
      "a page that was accessed is not reclaimed while its thread lives",
      "\"A simple rule would be: a thread that ever accesses a page gets to keep it forever."
          + " They're never reclaimed after being accessed, only before.\" (Hansen)"),
  RECLAIM_ONLY_IF_A_IS_CLEAR(
      "only a page whose A bit is clear is reclaimed",
      "\"If the _PAGE_ACCESSED bit is clear, you can just clear _PAGE_PRESENT and reclaim the"
          + " page.\" (Hansen)"),
  RECLAIM_ONLY_AFTER_SWITCH_OUT(
      "pages are reclaimed only from a thread that is not current on a CPU",
      "\"But, after context switching out, you take a look at 4x8b pte_t's that were mapping the"
          + " kernel stack.\" (Hansen)"),
  RUN_ONLY_FULLY_MAPPED(
      "who is switched in has all pages of its stack",
      "\"For instance, let's say you always *map* 16k of stack for each process.\" (Hansen)"),
  FILL_NEEDS_A_FREE_FRAME(
      "a missing page is filled with a free frame",
      "\"... and can't allocate memory fill in the 4 pte_t's.\" (Hansen)"),
  FILL_ONLY_BEFORE_RUNNING(
      "pages are filled while the thread is not current",
      "\"... not being able to continue _execution_ of a kernel thread at *ALL*, possibly in a"
          + " non-preemptible context, like when you do it in a #PF.\" (Hansen)"),
  REFUSE_ONLY_IF_A_PAGE_IS_MISSING(
      "a thread is refused the CPU only if its stack lacks a page",
      "\"For that, the worst case is that you go to schedule a new thread and can't allocate memory"
          + " fill in the 4 pte_t's.\" (Hansen)"),
  UNPARK_ONLY_WHEN_FILLED(
      "a thread that was refused comes back when its stack lacks nothing",
      "\"You can't run it until you or some other CPU goes and does some reclaim.\" (Hansen)"),
  ACCESS_ONLY_MAPPED(
      "only mapped pages are accessed or marked: no stack fault, ever",
      "\"There are probably other ways to do this without handling exceptions.\" (Hansen)"),
  FIRST_ACCESS_ONLY_WHILE_RUNNING(
      "a page is accessed for the first time by its own thread, on a CPU",
      "K: include/linux/mutex.h, mutex_waiter: other contexts write to a sleeper's stack only what"
          + " it has put there"),
  USE_IS_CONTIGUOUS(
      "a page is accessed after the page above it",
      "x86-64 ABI: the stack grows down; K: CONFIG_VMAP_STACK, and no frame is larger than a page"),
  MARK_ONLY_WHAT_WAS_NEVER_ACCESSED(
      "hardware sets A where it is clear, and nobody ever clears it",
      "Intel SDM 3A 4.8, 4.10.2.3; AMD APM 2 5.5.3: A may be set with no architectural access"),
  FILL_ONLY_MISSING_PAGES(
      "a page that is mapped keeps its frame",
      "K: arch/x86/include/asm/pgtable.h, set_pte() replaces what is there, and a frame would be"
          + " lost"),
  SWITCH_OUT_WHO_RUNS(
      "prev is current on the CPU that switches", "K: kernel/sched/core.c, context_switch()"),
  SWITCH_IN_WHO_IS_READY(
      "next is on no other CPU, not refused, and alive",
      "K: kernel/sched/core.c, pick_next_task()"),
  EXIT_ONLY_OFF_CPU(
      "a stack is freed after its thread was switched out for the last time",
      "K: kernel/sched/core.c, finish_task_switch(): put_task_stack() of a dead prev"),
  FORK_ONLY_WITH_A_STACK_OF_NOBODY(
      "a new thread gets a stack that no other thread has",
      "K: kernel/fork.c, alloc_thread_stack_node(): from cached_stacks, or from vmalloc"),
  OTHERS_LEAVE_THE_RESERVE(
      "the rest of the kernel takes no frame of the reserve",
      "K: mm/page_alloc.c, zone_watermark_ok(); the thread's \"reserve\" of every design"),
  OTHERS_GIVE_WHAT_THEY_HAVE(
      "the rest of the kernel gives back what it took", "K: mm/page_alloc.c, free_pages()"),
  FREEZE_ONLY_WHO_SLEEPS(
      "who is frozen sleeps, and is on no queue and no CPU; so schedule() refuses nobody",
      "K: kernel/freezer.c, __set_task_frozen(): \"if (p->on_rq) return 0;\""),
  FILL_ONLY_WHO_IS_FROZEN(
      "pages are filled only while the thread is frozen: schedule() needs no memory",
      "after \"Needing memory in the middle of schedule() is generally a no-go.\""),
  THAW_ONLY_WHEN_FILLED(
      "who is frozen wakes only by way of the filler, when its stack lacks nothing",
      "K: kernel/sched/core.c, ttwu_state_match(): TASK_FROZEN is no state that a wakeup matches, and"
          + " __thaw_task() alone ends it");

  private final String meaning;
  private final String sentence;

  Rule(String meaning, String sentence) {
    this.meaning = meaning;
    this.sentence = sentence;
  }

  /** As traces and reports write it: {@code accessed-pages-are-kept}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  /** What it demands, in one line. */
  public String meaning() {
    return meaning;
  }

  /** The sentence that it formalizes, and whose it is. */
  public String sentence() {
    return sentence;
  }

  @Override
  public String toString() {
    return label();
  }

  /** This rule, unless what it demands is so. */
  Stream<Rule> unless(boolean obeyed) {
    return obeyed ? Stream.empty() : Stream.of(this);
  }

  /** The first rule that is broken. */
  @SafeVarargs
  static Optional<Rule> firstOf(Stream<Rule>... broken) {
    return Stream.of(broken).flatMap(rule -> rule).findFirst();
  }
}
