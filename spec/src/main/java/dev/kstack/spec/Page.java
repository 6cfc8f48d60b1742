package dev.kstack.spec;

/** What a stack page is to the contract. */
public enum Page {
  UNMAPPED,
  /** Mapped, and its A bit is clear. */
  NEVER_ACCESSED,
  /** Mapped, never accessed, and yet its A bit is set: the manuals allow hardware to do so. */
  MARKED,
  /** Mapped, and accessed at least once since it was. */
  ACCESSED
}
