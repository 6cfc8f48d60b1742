package dev.kstack.spec;

import static dev.kstack.spec.Page.ACCESSED;
import static dev.kstack.spec.Page.MARKED;
import static dev.kstack.spec.Page.NEVER_ACCESSED;
import static dev.kstack.spec.Page.UNMAPPED;
import static dev.kstack.spec.Phase.FROZEN;
import static dev.kstack.spec.Phase.OFF_CPU;
import static dev.kstack.spec.Phase.ON_CPU;
import static dev.kstack.spec.Phase.PARKED;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What can happen to stacks. Each action has the rules that it must obey and an effect; a step of a
 * design is right if it is one allowed action, or none. Threads are numbered from 1, pages from 0,
 * the lowest.
 */
public sealed interface Action {
  /** The rule that refuses it, if one does. */
  Optional<Rule> refusedBy(StackSystem s);

  /** What it does, allowed or not. */
  StackSystem effect(StackSystem s);

  /** As people write it: {@code reclaim(A, page 1)}. */
  String show(IntFunction<String> threadName);

  default Outcome apply(StackSystem s) {
    Optional<Rule> rule = refusedBy(s);
    return rule.isPresent() ? new Outcome.Refused(rule.get()) : new Outcome.Next(effect(s));
  }

  /**
   * "If the _PAGE_ACCESSED bit is clear, you can just clear _PAGE_PRESENT and reclaim the page."
   * And of a stack that nobody has, whatever A says.
   */
  record Reclaim(int thread, int page) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      Page p = s.page(thread, page);
      return Rule.firstOf(
          Rule.ACCESS_ONLY_MAPPED.unless(p != UNMAPPED),
          Rule.ACCESSED_PAGES_ARE_KEPT.unless(p != ACCESSED),
          Rule.RECLAIM_ONLY_IF_A_IS_CLEAR.unless(
              p == NEVER_ACCESSED || s.thread(thread).isExited()),
          Rule.RECLAIM_ONLY_AFTER_SWITCH_OUT.unless(isOffCpu(s, thread)));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return s.with(thread, s.thread(thread).with(page, UNMAPPED)).withFree(s.free() + 1);
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "reclaim(%s, page %d)".formatted(threadName.apply(thread), page);
    }
  }

  /** A missing page gets a frame, with A clear. */
  record Fill(int thread, int page) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      return Rule.firstOf(
          Rule.FILL_ONLY_BEFORE_RUNNING.unless(isOffCpu(s, thread)),
          Rule.FILL_ONLY_MISSING_PAGES.unless(s.page(thread, page) == UNMAPPED),
          Rule.FILL_NEEDS_A_FREE_FRAME.unless(s.free() > 0));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return s.with(thread, s.thread(thread).with(page, NEVER_ACCESSED)).withFree(s.free() - 1);
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "fill(%s, page %d)".formatted(threadName.apply(thread), page);
    }
  }

  /** "You can't run it": the thread is parked. */
  record Refuse(int thread) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      ThreadState t = s.thread(thread);
      return Rule.firstOf(
          Rule.REFUSE_ONLY_IF_A_PAGE_IS_MISSING.unless(t.phase() == OFF_CPU && !t.fullyMapped()));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return s.with(thread, s.thread(thread).with(PARKED));
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "refuse(%s)".formatted(threadName.apply(thread));
    }
  }

  /** A parked thread has got its pages, and may be switched in. */
  record Unpark(int thread) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      ThreadState t = s.thread(thread);
      return Rule.firstOf(
          Rule.UNPARK_ONLY_WHEN_FILLED.unless(t.phase() == PARKED && t.fullyMapped()));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return s.with(thread, s.thread(thread).with(OFF_CPU));
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "unpark(%s)".formatted(threadName.apply(thread));
    }
  }

  /** Pages of a sleeper were reclaimed, and it is marked: K: __set_task_frozen(). */
  record Freeze(int thread) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      return Rule.firstOf(Rule.FREEZE_ONLY_WHO_SLEEPS.unless(s.thread(thread).phase() == OFF_CPU));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return s.with(thread, s.thread(thread).with(FROZEN));
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "freeze(%s)".formatted(threadName.apply(thread));
    }
  }

  /** Who was frozen is woken: K: __thaw_task(). */
  record Thaw(int thread) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      ThreadState t = s.thread(thread);
      return Rule.firstOf(
          Rule.THAW_ONLY_WHEN_FILLED.unless(t.phase() == FROZEN && t.fullyMapped()));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return s.with(thread, s.thread(thread).with(OFF_CPU));
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "thaw(%s)".formatted(threadName.apply(thread));
    }
  }

  /** What nobody may do there, and the rule that says so. */
  record Forbidden(Action action, Rule rule) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      return Optional.of(rule);
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return action.effect(s);
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return action.show(threadName);
    }
  }

  /** {@code switch_to(prev, next)} on some CPU; 0 is its idle task. */
  record SwitchTo(int prev, int next) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      return Rule.firstOf(
          Rule.SWITCH_OUT_WHO_RUNS.unless(prev == 0 || s.thread(prev).phase() == ON_CPU),
          Rule.SWITCH_IN_WHO_IS_READY.unless(next == 0 || s.thread(next).phase() == OFF_CPU),
          Rule.RUN_ONLY_FULLY_MAPPED.unless(next == 0 || s.thread(next).fullyMapped()));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      StackSystem out = prev == 0 ? s : s.with(prev, s.thread(prev).with(OFF_CPU));
      return next == 0 ? out : out.with(next, out.thread(next).with(ON_CPU));
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "switch_to(%s, %s)".formatted(threadName.apply(prev), threadName.apply(next));
    }
  }

  /** An architectural access sets A, and from now on the page is kept. */
  record Access(int thread, int page) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      ThreadState t = s.thread(thread);
      Page p = s.page(thread, page);
      boolean first = p != ACCESSED;
      boolean top = page == t.stack().size() - 1;
      return Rule.firstOf(
          Rule.ACCESS_ONLY_MAPPED.unless(p != UNMAPPED),
          Rule.FIRST_ACCESS_ONLY_WHILE_RUNNING.unless(!first || t.phase() == ON_CPU),
          Rule.USE_IS_CONTIGUOUS.unless(top || s.page(thread, page + 1) == ACCESSED));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return s.with(thread, s.thread(thread).with(page, ACCESSED));
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "access(%s, page %d)".formatted(threadName.apply(thread), page);
    }
  }

  /** Hardware sets A for no architectural reason: the page is pinned though nobody used it. */
  record Mark(int thread, int page) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      Page p = s.page(thread, page);
      return Rule.firstOf(
          Rule.ACCESS_ONLY_MAPPED.unless(p != UNMAPPED),
          Rule.MARK_ONLY_WHAT_WAS_NEVER_ACCESSED.unless(p == NEVER_ACCESSED));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return s.with(thread, s.thread(thread).with(page, MARKED));
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "mark(%s, page %d)".formatted(threadName.apply(thread), page);
    }
  }

  /** The thread is dead: nobody has its stack, and what was accessed there is of no use. */
  record Exit(int thread) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      return Rule.firstOf(Rule.EXIT_ONLY_OFF_CPU.unless(s.thread(thread).phase() == OFF_CPU));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return s.with(thread, s.thread(thread).exited());
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "exit(%s)".formatted(threadName.apply(thread));
    }
  }

  /** A new thread gets the stack. It is born with what it has used, the top page. */
  record Fork(int thread) implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      ThreadState t = s.thread(thread);
      return Rule.firstOf(
          Rule.FORK_ONLY_WITH_A_STACK_OF_NOBODY.unless(t.isExited()),
          Rule.ACCESS_ONLY_MAPPED.unless(s.page(thread, top(t)) != UNMAPPED));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      ThreadState t = s.thread(thread);
      return s.with(thread, t.with(OFF_CPU).with(top(t), ACCESSED));
    }

    private static int top(ThreadState t) {
      return t.stack().size() - 1;
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "fork(%s)".formatted(threadName.apply(thread));
    }
  }

  /** The rest of the kernel takes a frame. */
  record OthersTake() implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      return Rule.firstOf(Rule.OTHERS_LEAVE_THE_RESERVE.unless(s.free() > s.reserve()));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return s.withFree(s.free() - 1).withOthers(s.others() + 1);
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "others take a frame";
    }
  }

  /** The rest of the kernel gives a frame back. */
  record OthersGive() implements Action {
    @Override
    public Optional<Rule> refusedBy(StackSystem s) {
      return Rule.firstOf(Rule.OTHERS_GIVE_WHAT_THEY_HAVE.unless(s.others() > 0));
    }

    @Override
    public StackSystem effect(StackSystem s) {
      return s.withFree(s.free() + 1).withOthers(s.others() - 1);
    }

    @Override
    public String show(IntFunction<String> threadName) {
      return "others give a frame back";
    }
  }

  private static boolean isOffCpu(StackSystem s, int thread) {
    return s.thread(thread).phase() != ON_CPU;
  }

  /** Every action of the mail on threads and pages that there are, allowed or not. */
  static ImmutableList<Action> all(StackSystem s) {
    ImmutableList.Builder<Action> all = ImmutableList.builder();
    for (int thread = 1; thread <= s.threads().size(); thread++) {
      for (int page = 0; page < s.thread(thread).stack().size(); page++) {
        all.add(new Fill(thread, page), new Access(thread, page));
        all.add(new Mark(thread, page), new Reclaim(thread, page));
      }
      all.add(new Refuse(thread), new Unpark(thread));
      all.add(new Exit(thread), new Fork(thread));
      all.add(new SwitchTo(thread, 0), new SwitchTo(0, thread));
      for (int next = 1; next <= s.threads().size(); next++) {
        if (next != thread) {
          all.add(new SwitchTo(thread, next));
        }
      }
    }
    return all.add(new OthersTake(), new OthersGive()).build();
  }
}
