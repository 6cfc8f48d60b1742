package dev.kstack.checks.explore;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.TaskProgress;
import dev.kstack.spec.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A program of a few lines, put together by a test. */
final class TinyProgram implements Program {
  static final Property DEADLOCK =
      new Property("no-deadlock", Property.Kind.SAFETY, "somebody can always go on", "");
  static final Property CLAIM =
      new Property("claim", Property.Kind.SAFETY, "what the test claims", "");

  static final Property SCHEDULABLE =
      new Property("schedulable", Property.Kind.PROGRESS, "each can still get to run", "");
  static final Property RUNS_EVENTUALLY =
      new Property("runs-eventually", Property.Kind.PROGRESS, "who wants to run does", "");

  /** One activation. */
  @FunctionalInterface
  interface Activation {
    int run(Machine m, int local);
  }

  final Layout layout;
  final long claim;
  private final List<Process> processes = new ArrayList<>();
  private Consumer<Memory> check = memory -> {};
  private @Nullable TaskProgress progress;
  private Consumer<Memory> init = memory -> {};
  private Consumer<Memory> forget = memory -> {};

  TinyProgram() {
    this(0, 0);
  }

  TinyProgram(int tasks, int frames) {
    layout = new Layout(tasks, frames);
    claim = layout.claim(CLAIM);
    layout.claim(DEADLOCK);
  }

  /** One more process. Its words must be declared before {@link #search}. */
  TinyProgram process(String name, Activation activation) {
    processes.add(new TinyProcess(name, activation));
    return this;
  }

  /** One more process, which remembers nothing between its activations. */
  TinyProgram process(String name, Consumer<Machine> activation) {
    return process(
        name,
        (m, local) -> {
          activation.accept(m);
          return 0;
        });
  }

  TinyProgram checking(Consumer<Memory> everyState) {
    check = everyState;
    return this;
  }

  TinyProgram from(Consumer<Memory> initialState) {
    init = initialState;
    return this;
  }

  /** All tasks live; these want to run, and these do. */
  TinyProgram following(ToIntFunction<Memory> wanting, ToIntFunction<Memory> running) {
    progress = new Following((1 << layout.tasks()) - 1, wanting, running);
    return this;
  }

  private record Following(int all, ToIntFunction<Memory> wants, ToIntFunction<Memory> runs)
      implements TaskProgress {
    @Override
    public Property schedulable() {
      return SCHEDULABLE;
    }

    @Override
    public Property runsEventually() {
      return RUNS_EVENTUALLY;
    }

    @Override
    public int live(Memory memory) {
      return all;
    }

    @Override
    public int wanting(Memory memory) {
      return wants.applyAsInt(memory);
    }

    @Override
    public int running(Memory memory) {
      return runs.applyAsInt(memory);
    }

    @Override
    public List<String> whyNotRunning(Memory memory, int task) {
      return List.of("nobody runs it");
    }
  }

  TinyProgram forgetting(Consumer<Memory> deadValues) {
    forget = deadValues;
    return this;
  }

  SearchResult search() {
    return search(Settings.DEFAULT);
  }

  SearchResult search(Settings settings) {
    layout.complete();
    return new Explorer(this, settings).search();
  }

  private record TinyProcess(String name, Activation activation) implements Process {
    @Override
    public int run(Machine m, int local) {
      return activation.run(m, local);
    }
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public List<Process> processes() {
    return processes;
  }

  @Override
  public void init(Memory memory) {
    init.accept(memory);
  }

  @Override
  public void check(Memory memory) {
    check.accept(memory);
  }

  @Override
  public void forget(Memory memory, int resting) {
    forget.accept(memory);
  }

  @Override
  public @Nullable TaskProgress progress() {
    return progress;
  }

  @Override
  public Property deadlock() {
    return DEADLOCK;
  }
}
