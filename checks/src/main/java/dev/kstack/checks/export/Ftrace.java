package dev.kstack.checks.export;

import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.Run.Event;
import dev.kstack.checks.explore.Run.Step;
import dev.kstack.checks.report.TakenTrace;
import dev.kstack.checks.trace.Changes;
import dev.kstack.checks.trace.Changes.Change;
import java.util.List;

/**
 * The layout of {@code trace_pipe} (K: kernel/trace/trace_output.c, trace_print_context()), for
 * eyes and scripts that know it. Switches and wakeups are the kernel's events {@code sched_switch}
 * and {@code sched_waking}; an operation is an event {@code kstack} with what it does. Time is made
 * up: a microsecond an operation. What is no CPU (the shrinker, the walker) has the numbers after
 * the CPUs; task A has PID 1.
 */
public final class Ftrace {
  private static final String HEAD =
      """
      # tracer: nop
      #
      # entries-in-buffer/entries-written: %d/%d   #P:%d
      #
      #                                _-----=> irqs-off/BH-disabled
      #                               / _----=> need-resched
      #                              | / _---=> hardirq/softirq
      #                              || / _--=> preempt-depth
      #                              ||| / _-=> migrate-disable
      #                              |||| /     delay
      #           TASK-PID     CPU#  |||||  TIMESTAMP  FUNCTION
      #              | |         |   |||||     |         |
      """;

  private final Run run;
  private final List<String> contexts;
  private final int cpus;
  private final StringBuilder lines = new StringBuilder();
  private int entries;

  private Ftrace(TakenTrace taken) {
    run = taken.run();
    cpus = taken.trace().job().sizes().cpus();
    contexts = taken.trace().job().program().processes().stream().map(p -> p.name()).toList();
  }

  /** The text. */
  public static String of(TakenTrace taken) {
    return new Ftrace(taken).text();
  }

  private String text() {
    for (Step step : run.steps()) {
      for (Event event : step.events()) {
        if (!event.choice()) {
          entry(step, "kstack: %s: %s".formatted(event.function(), event.text()));
        }
      }
      for (Change change : Changes.of(run, step.number())) {
        schedulerEvent(step, change);
      }
    }
    return HEAD.formatted(entries, entries, contexts.size()) + lines;
  }

  private void schedulerEvent(Step step, Change change) {
    String word = change.word();
    if (word.endsWith(".curr")) {
      entry(
          step,
          "sched_switch: prev_comm=%s prev_pid=%d prev_prio=120 prev_state=%s ==> next_comm=%s next_pid=%d next_prio=120"
              .formatted(
                  comm(change.before()),
                  pid(change.before()),
                  state(step, change.before()),
                  comm(change.after()),
                  pid(change.after())));
    } else if (word.endsWith(".state") && change.before().equals("SLEEPING")) {
      String task = word.substring(0, word.indexOf('.'));
      entry(
          step,
          "sched_waking: comm=%s pid=%d prio=120 target_cpu=%03d"
              .formatted(task, pid(task), number(step.words().get(task + ".cpu"))));
    }
  }

  /** Whether prev goes on being runnable, as sched_switch says it. */
  private static String state(Step step, String task) {
    return "SLEEPING".equals(step.words().get(task + ".state")) ? "S" : "R";
  }

  private static int number(String shown) {
    return shown == null ? 0 : Integer.parseInt(shown);
  }

  private void entry(Step step, String text) {
    int cpu = contexts.indexOf(step.process());
    String task = cpu < cpus ? step.actingFor() : step.process();
    String comm = cpu < cpus ? comm(task) : task;
    int pid = cpu < cpus ? pid(task) : 0;
    entries++;
    lines.append(
        "%16s-%-7d [%03d] d.... %5d.%06d: %s\n".formatted(comm, pid, cpu, 0, entries, text));
  }

  private static String comm(String task) {
    return pid(task) == 0 ? "<idle>" : task;
  }

  private static int pid(String task) {
    return task.length() == 1 && task.charAt(0) >= 'A' ? task.charAt(0) - 'A' + 1 : 0;
  }
}
