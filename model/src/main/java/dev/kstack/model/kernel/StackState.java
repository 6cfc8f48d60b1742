package dev.kstack.model.kernel;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Pte;
import dev.kstack.spec.StackView;

/** What the spec's invariants see of a state of the kernel. */
record StackState(Kernel k, Memory memory) implements StackView {
  @Override
  public int threads() {
    return k.sizes().threads();
  }

  @Override
  public int pages() {
    return k.pages();
  }

  @Override
  public int frames() {
    return k.sizes().frames();
  }

  @Override
  public boolean present(int thread, int page) {
    return Pte.present(memory.get(k.mmu().pte(thread, page)));
  }

  @Override
  public int frame(int thread, int page) {
    return Pte.frame(memory.get(k.mmu().pte(thread, page)));
  }

  @Override
  public boolean accessed(int thread, int page) {
    return page >= memory.get(k.mmu().deepest(thread));
  }

  @Override
  public boolean marked(int thread, int page) {
    return Pte.accessed(memory.get(k.mmu().pte(thread, page)));
  }

  @Override
  public boolean parked(int thread) {
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      if ((memory.get(k.rq(cpu).parked) & 1 << thread - 1) != 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean running(int thread) {
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      if (memory.get(k.rq(cpu).curr) == thread) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int free() {
    return memory.get(k.pool().free());
  }

  @Override
  public int others() {
    return memory.get(k.pool().others());
  }

  @Override
  public int moving() {
    return k.ledger().moving(memory);
  }
}
