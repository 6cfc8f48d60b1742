package dev.kstack.model.hardware;

/** Which TLB entries are part of the state: see {@link Mmu}. */
public enum TlbRecord {
  /** Only those that can matter. */
  THAT_CAN_MATTER,
  /** Every one, filled and evicted step by step: the full version, for tests. */
  EVERY
}
