package dev.kstack.spec;

import com.google.common.collect.ImmutableList;

/**
 * The proposal, sentence by sentence: Dave Hansen, "Re: [PATCH v2 00/13] Dynamic Kernel Stacks", 18
 * Jun 2026.
 */
public final class Proposal {
  /**
   * A sentence of the mail.
   *
   * @param text as it stands there
   * @param rules that formalize it; empty if it states none
   * @param remark why it states none, or what else formalizes it
   */
  public record Sentence(String text, ImmutableList<Rule> rules, String remark) {}

  public static final ImmutableList<Sentence> SENTENCES =
      ImmutableList.of(
          states(
              "There are probably other ways to do this without handling exceptions.",
              "what all of it is for: no access may fault",
              Rule.ACCESS_ONLY_MAPPED),
          states(
              "For instance, let's say you always *map* 16k of stack for each process.",
              "who runs has all of it",
              Rule.RUN_ONLY_FULLY_MAPPED),
          states(
              "But, after context switching out, you take a look at 4x8b pte_t's that were mapping the"
                  + " kernel stack.",
              "and never before",
              Rule.RECLAIM_ONLY_AFTER_SWITCH_OUT),
          states(
              "If the _PAGE_ACCESSED bit is clear, you can just clear _PAGE_PRESENT and reclaim the"
                  + " page.",
              "otherwise not; that no TLB holds it then is no-stale-translation, of the machine",
              Rule.RECLAIM_ONLY_IF_A_IS_CLEAR),
          states(
              "If you don't want the overhead in the normal context switch path, you reclaim in a"
                  + " shrinker, at the cost of needing locking to coordinate with the scheduler.",
              "whoever reclaims, the thread is off CPU; which locks do it is a decision of a design",
              Rule.RECLAIM_ONLY_AFTER_SWITCH_OUT),
          states(
              "A simple rule would be: a thread that ever accesses a page gets to keep it forever.",
              "as long as it lives",
              Rule.ACCESSED_PAGES_ARE_KEPT),
          states(
              "They're never reclaimed after being accessed, only before.",
              "the same once more",
              Rule.ACCESSED_PAGES_ARE_KEPT),
          states(
              "For that, the worst case is that you go to schedule a new thread and can't allocate"
                  + " memory fill in the 4 pte_t's.",
              "pages are filled before the thread runs, from free frames, or it is refused",
              Rule.FILL_NEEDS_A_FREE_FRAME,
              Rule.REFUSE_ONLY_IF_A_PAGE_IS_MISSING),
          states(
              "You can't run it until you or some other CPU goes and does some reclaim.",
              "what was reclaimed fills its stack, and then it may run; that somebody can reclaim is"
                  + " progress, and no rule of a step",
              Rule.UNPARK_ONLY_WHEN_FILLED,
              Rule.RUN_ONLY_FULLY_MAPPED),
          statesNone(
              "Needing memory in the middle of schedule() is generally a no-go.",
              "a judgement; that nothing there sleeps or waits is for the designs to keep"),
          states(
              "But its a lot better than not being able to continue _execution_ of a kernel thread at"
                  + " *ALL*, possibly in a non-preemptible context, like when you do it in a #PF.",
              "no page is filled for a thread that runs",
              Rule.FILL_ONLY_BEFORE_RUNNING),
          statesNone(
              "Basically, I think there's a way to do this that limits the kernel blast radius to"
                  + " _mostly_ being a core mm problem.",
              "an opinion on where the code would stand"),
          statesNone(
              "What else has been considered before the #PF-based mechanism?", "a question"));

  private Proposal() {}

  private static Sentence states(String text, String remark, Rule... rules) {
    return new Sentence(text, ImmutableList.copyOf(rules), remark);
  }

  private static Sentence statesNone(String text, String remark) {
    return new Sentence(text, ImmutableList.of(), remark);
  }
}
