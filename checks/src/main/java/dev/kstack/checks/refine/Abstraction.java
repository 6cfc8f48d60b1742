package dev.kstack.checks.refine;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Kernel;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.model.machine.Memory;
import dev.kstack.spec.Page;
import dev.kstack.spec.Phase;
import dev.kstack.spec.StackSystem;
import dev.kstack.spec.StackView;
import dev.kstack.spec.ThreadState;

/**
 * From the words of a kernel to the state of the specification. A thread is packed into an int, so
 * that a search can afford to look at every operation: the phase in the lowest bits, then each
 * page.
 *
 * <p>A page is what its PTE says, and accessed if the thread ever used it, whatever its A bit is. A
 * thread is on a CPU if it is current there; {@code on_cpu} may be set for longer. Frames on their
 * way between two owners count as free.
 */
final class Abstraction {
  private static final int PHASE_BITS = 3;
  private static final int PHASE_MASK = (1 << PHASE_BITS) - 1;
  private static final int BITS = 2;
  private static final int MASK = (1 << BITS) - 1;
  private static final Phase[] PHASES = Phase.values();
  private static final Page[] PAGES = Page.values();

  private final Sizes sizes;
  private final StackView view;

  Abstraction(Kernel kernel, Memory memory) {
    sizes = kernel.sizes();
    view = kernel.view(memory);
  }

  int threads() {
    return sizes.threads();
  }

  /** The thread, packed. */
  int thread(int number) {
    int packed = phase(number).ordinal();
    for (int page = 0; page < sizes.pages(); page++) {
      packed |= page(number, page).ordinal() << PHASE_BITS + BITS * page;
    }
    return packed;
  }

  private Phase phase(int thread) {
    if (view.running(thread)) {
      return view.frozen(thread) ? Phase.PARKED : Phase.ON_CPU; // marked, it does not come back
    }
    if (view.parked(thread)) {
      return Phase.PARKED;
    }
    if (view.frozen(thread)) {
      return Phase.FROZEN;
    }
    return view.exited(thread) ? Phase.EXITED : Phase.OFF_CPU;
  }

  private Page page(int thread, int page) {
    if (!view.present(thread, page)) {
      return Page.UNMAPPED;
    }
    if (view.accessed(thread, page)) {
      return Page.ACCESSED;
    }
    return view.marked(thread, page) ? Page.MARKED : Page.NEVER_ACCESSED;
  }

  /** How many frames are free, or on their way. */
  int free() {
    return Integer.bitCount(view.free()) + Integer.bitCount(view.moving());
  }

  int others() {
    return Integer.bitCount(view.others());
  }

  /** The whole state as it is now. */
  StackSystem system() {
    int[] threads = new int[sizes.threads() + 1];
    for (int t = 1; t <= sizes.threads(); t++) {
      threads[t] = thread(t);
    }
    return system(threads, free(), others());
  }

  /** A state from packed threads, from index 1. */
  StackSystem system(int[] threads, int free, int others) {
    ImmutableList.Builder<ThreadState> all = ImmutableList.builder();
    for (int t = 1; t < threads.length; t++) {
      ImmutableList.Builder<Page> stack = ImmutableList.builder();
      for (int page = 0; page < sizes.pages(); page++) {
        stack.add(PAGES[threads[t] >>> PHASE_BITS + BITS * page & MASK]);
      }
      all.add(new ThreadState(PHASES[threads[t] & PHASE_MASK], stack.build()));
    }
    return new StackSystem(sizes.frames(), sizes.reserve(), free, others, all.build());
  }
}
