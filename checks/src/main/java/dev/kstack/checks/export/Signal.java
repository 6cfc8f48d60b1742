package dev.kstack.checks.export;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.checks.trace.Changes;
import dev.kstack.checks.trace.Changes.Change;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One context asks another to do something, and it does: a wakeup, a reschedule, a TLB flush. Read
 * off the words that a kernel has for it.
 *
 * @param kind what is asked
 * @param what the task, the CPU or the stack that it is about
 * @param from the step in which it is asked
 * @param to the step in which it is done
 */
public record Signal(Kind kind, String what, int from, int to) {
  /** What is asked. */
  public enum Kind {
    /** From {@code try_to_wake_up()} to where the task is the current one of a CPU. */
    WAKEUP("wakeup"),
    /** From {@code need_resched} to the {@code schedule()} that clears it. */
    RESCHEDULE("reschedule"),
    /** From {@code on_each_cpu()} to each CPU that takes the interrupt. */
    FLUSH_IPI("flush IPI");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  private static final String SLEEPING = "SLEEPING";
  private static final String STATE = ".state";
  private static final String CURRENT = ".curr";
  private static final String NEED_RESCHED = ".need_resched";
  private static final String CPUMASK = "flush.cpumask";

  /** Those of a run whose answer is in it, in the order of the answers. */
  public static ImmutableList<Signal> of(Run run) {
    Map<String, Integer> asked = new LinkedHashMap<>();
    ImmutableList.Builder<Signal> signals = ImmutableList.builder();
    for (Step step : run.steps()) {
      for (Change change : Changes.of(run, step.number())) {
        String word = change.word();
        if (word.endsWith(STATE) && change.before().equals(SLEEPING)) {
          asked.put(Kind.WAKEUP + word.substring(0, word.length() - STATE.length()), step.number());
        } else if (word.endsWith(CURRENT)) {
          answer(Kind.WAKEUP, change.after(), asked, step, signals);
        } else if (word.endsWith(NEED_RESCHED)) {
          String cpu = word.substring(0, word.length() - NEED_RESCHED.length());
          if (change.after().equals("1")) {
            asked.put(Kind.RESCHEDULE + cpu, step.number());
          } else {
            answer(Kind.RESCHEDULE, cpu, asked, step, signals);
          }
        } else if (word.equals(CPUMASK)) {
          int before = Integer.parseInt(change.before());
          int after = Integer.parseInt(change.after());
          if ((after & ~before) != 0) {
            asked.put(Kind.FLUSH_IPI + CPUMASK, step.number());
          } else {
            Integer from = asked.get(Kind.FLUSH_IPI + CPUMASK); // one flush, every CPU
            if (from != null) {
              signals.add(new Signal(Kind.FLUSH_IPI, step.process(), from, step.number()));
            }
          }
        }
      }
    }
    return ImmutableList.sortedCopyOf(
        Comparator.comparingInt(Signal::to).thenComparing(Signal::kind).thenComparing(Signal::what),
        signals.build());
  }

  private static void answer(
      Kind kind,
      String what,
      Map<String, Integer> asked,
      Step step,
      ImmutableList.Builder<Signal> signals) {
    Integer from = asked.remove(kind + what);
    if (from != null && from < step.number()) {
      signals.add(new Signal(kind, what, from, step.number()));
    }
  }
}
