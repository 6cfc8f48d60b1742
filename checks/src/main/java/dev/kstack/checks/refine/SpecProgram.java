package dev.kstack.checks.refine;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.machine.Instruction;
import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Machine;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.Invariant;
import dev.kstack.spec.Outcome;
import dev.kstack.spec.Page;
import dev.kstack.spec.Phase;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import dev.kstack.spec.StackSystem;
import dev.kstack.spec.ThreadState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The specification as a program of one process, which does any allowed action at any time. */
public final class SpecProgram implements Program, Process, Instruction {
  private final SpecSizes sizes;
  private final Layout layout;
  private final List<Word> phase = new ArrayList<>();
  private final List<List<Word>> pages = new ArrayList<>();
  private final Word free;
  private final Word others;
  private final long accessedPageKept;

  public SpecProgram(SpecSizes sizes) {
    this.sizes = sizes;
    layout = new Layout(sizes.threads(), 0);
    accessedPageKept = layout.claim(StackProperties.ACCESSED_PAGE_KEPT);
    for (Invariant invariant : Invariant.values()) {
      layout.claim(property(invariant));
    }
    for (ActionKind kind : ActionKind.values()) {
      layout.claim(property(kind));
    }
    for (int t = 1; t <= sizes.threads(); t++) {
      phase.add(layout.wordOf(t, "phase", WordType.NUMBER, bits(Phase.values())));
      List<Word> stack = new ArrayList<>();
      for (int page = 0; page < sizes.pages(); page++) {
        stack.add(layout.wordOf(t, "page[" + page + "]", WordType.NUMBER, bits(Page.values())));
      }
      pages.add(stack);
    }
    free = layout.word("free", WordType.NUMBER, Layout.bitsFor(sizes.frames()));
    others = layout.word("others", WordType.NUMBER, Layout.bitsFor(sizes.frames()));
    layout.complete();
  }

  private static int bits(Object[] values) {
    return Layout.bitsFor(values.length - 1);
  }

  /** That the invariant holds in every state. */
  public static Property property(Invariant invariant) {
    return new Property(
        invariant.label(), Property.Kind.SAFETY, invariant.meaning(), "an invariant of the spec");
  }

  /** That the action is allowed in some state. */
  public static Property property(ActionKind kind) {
    return new Property(
        kind.label(), Property.Kind.SANITY, "some run does it", "an action of the spec");
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public List<Process> processes() {
    return List.of(this);
  }

  @Override
  public void init(Memory memory) {
    store(memory, sizes.initial());
  }

  @Override
  public void check(Memory memory) {
    StackSystem system = load(memory);
    for (Invariant invariant : Invariant.values()) {
      if (!invariant.holdsIn(system)) {
        memory.raise(layout.claim(property(invariant)));
      }
    }
  }

  @Override
  public @Nullable Property deadlock() {
    return null; // the specification says what may happen, not that anything does
  }

  @Override
  public String name() {
    return "spec";
  }

  @Override
  public int run(Machine m, int local) {
    int everybody = (1 << sizes.threads()) - 1;
    ActionKind kind = ActionKind.values()[m.choose("action", 0, ActionKind.values().length - 1)];
    int thread = kind.takesThread() ? m.chooseOne("thread", WordType.TASKS, everybody) : 0;
    int last = sizes.pages() - 1;
    int object =
        switch (kind.object()) {
          case NOTHING -> 0;
          case PAGE -> m.choose("page", 0, last);
          case OTHER_THREAD -> m.chooseOne("next", WordType.TASKS, everybody & ~(1 << thread - 1));
        };
    m.execute(this, kind.ordinal(), thread, object);
    return 0;
  }

  @Override
  public WordType result() {
    return WordType.NONE;
  }

  @Override
  public int execute(Memory memory, int process, int variant, int kind, int thread, int object) {
    StackSystem before = load(memory);
    ActionKind what = ActionKind.values()[kind];
    Outcome outcome = what.action(thread, object).apply(before);
    if (!(outcome instanceof Outcome.Next next)) {
      return BLOCKED;
    }
    memory.raise(layout.claim(property(what)));
    if (!Invariant.accessedPageKept(before, next.system())) {
      memory.raise(accessedPageKept);
    }
    store(memory, next.system());
    return 0;
  }

  @Override
  public String show(int variant, int kind, int thread, int object) {
    return ActionKind.values()[kind].action(thread, object).show(Layout::taskName);
  }

  private StackSystem load(Memory memory) {
    ImmutableList.Builder<ThreadState> threads = ImmutableList.builder();
    for (int t = 0; t < sizes.threads(); t++) {
      threads.add(
          new ThreadState(
              Phase.values()[memory.get(phase.get(t))],
              pages.get(t).stream()
                  .map(word -> Page.values()[memory.get(word)])
                  .collect(ImmutableList.toImmutableList())));
    }
    return new StackSystem(
        sizes.frames(), sizes.reserve(), memory.get(free), memory.get(others), threads.build());
  }

  private void store(Memory memory, StackSystem system) {
    for (int t = 0; t < sizes.threads(); t++) {
      ThreadState thread = system.thread(t + 1);
      memory.init(phase.get(t), thread.phase().ordinal());
      for (int page = 0; page < sizes.pages(); page++) {
        memory.init(pages.get(t).get(page), thread.stack().get(page).ordinal());
      }
    }
    memory.init(free, system.free());
    memory.init(others, system.others());
  }
}
