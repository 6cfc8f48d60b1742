package dev.kstack.checks.walks;

import dev.kstack.model.machine.Layout;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Observer;
import dev.kstack.model.machine.Process;
import dev.kstack.model.machine.Program;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import dev.kstack.spec.Property;
import java.util.List;

/** The program, which also tells when a missing page gets a frame: what no property is about. */
record Fills(Program program) implements Program {
  static final Property FILLS =
      new Property("fills", Property.Kind.SANITY, "some run fills a missing page", "");

  @Override
  public Layout layout() {
    return program.layout();
  }

  @Override
  public List<Process> processes() {
    return program.processes();
  }

  @Override
  public void init(Memory memory) {
    program.init(memory);
  }

  @Override
  public void check(Memory memory) {
    program.check(memory);
  }

  @Override
  public void forget(Memory memory, int resting) {
    program.forget(memory, resting);
  }

  @Override
  public Property deadlock() {
    return program.deadlock();
  }

  @Override
  public Observer observer(Memory memory) {
    Observer inner = program.observer(memory);
    long fills = layout().claim(FILLS);
    return new Observer() {
      @Override
      public void willChange(Memory m, Word word, int after) {
        if (word.type() == WordType.PTE && m.get(word) == 0 && Pte.present(after)) {
          m.raise(fills);
        }
        inner.willChange(m, word, after);
      }

      @Override
      public void operationEnded(Memory m) {
        inner.operationEnded(m);
      }

      @Override
      public List<String> remarks() {
        return inner.remarks();
      }
    };
  }
}
