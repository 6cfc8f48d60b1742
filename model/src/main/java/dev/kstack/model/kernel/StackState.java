package dev.kstack.model.kernel;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
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
    int pte = memory.get(k.mmu().pte(thread, page));
    return Pte.present(pte) ? Pte.frame(pte) : 0; // else whoever cleared P has it
  }

  @Override
  public boolean accessed(int thread, int page) {
    return page >= memory.get(k.mmu().deepest(thread));
  }

  /** Where stack pointers are known, down from there nothing is. */
  @Override
  public boolean live(int thread, int page) {
    return accessed(thread, page) && page >= k.mmu().savedSp(memory, thread);
  }

  @Override
  public boolean marked(int thread, int page) {
    return Pte.accessed(memory.get(k.mmu().pte(thread, page)));
  }

  @Override
  public boolean latched(int thread, int page) {
    int pte = memory.get(k.mmu().pte(thread, page));
    int bits = k.design().use().dirtyBit() ? Pte.DIRTY : Pte.ACCESSED;
    return Pte.present(pte) && ((pte & bits) != 0 || k.keepsAll(memory, thread));
  }

  @Override
  public boolean parked(int thread) {
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      if ((memory.get(k.rq(cpu).parked) & 1 << thread - 1) != 0) {
        return true;
      }
    }
    // marked, it is not run where it is queued
    return frozen(thread) && memory.get(k.task(thread).onRq) != 0;
  }

  @Override
  public boolean frozen(int thread) {
    return memory.get(k.task(thread).state) == Task.FROZEN;
  }

  @Override
  public boolean running(int thread) {
    if (k.mmu().savedSp(memory, thread) == k.pages()) {
      return false; // in user mode
    }
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      if (memory.get(k.rq(cpu).curr) == thread) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean exited(int thread) {
    return k.task(thread).hasExited(memory);
  }

  @Override
  public int free() {
    int free = memory.get(k.pool().free());
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      Word reserve = k.rq(cpu).stackPages;
      free |= reserve == null ? 0 : memory.get(reserve);
    }
    return free;
  }

  @Override
  public int others() {
    return memory.get(k.pool().others());
  }

  @Override
  public int moving() {
    int inHand = k.holding().inHand(memory);
    int moving = k.ledger().moving(memory) | k.pool().deferred(memory) | inHand;
    for (int cpu = 0; cpu < k.cpus(); cpu++) {
      Word list = k.rq(cpu).freeList;
      moving |= list == null ? 0 : memory.get(list);
    }
    return moving;
  }
}
