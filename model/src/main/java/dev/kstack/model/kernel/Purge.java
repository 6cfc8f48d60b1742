package dev.kstack.model.kernel;

import dev.kstack.model.machine.Machine;

/**
 * What a kernel thread does later with frames that were unmapped where no TLB could be flushed. As
 * K: mm/vmalloc.c, purge_vmap_area_lazy().
 */
public interface Purge extends Decision {
  /** With interrupts on and no lock held. */
  void purge(Machine m, Kernel k);

  /** Does it flush TLBs? */
  default boolean flushes() {
    return true;
  }
}
