package dev.kstack.model.machine;

/**
 * A page table entry as a number: bit 0 {@code _PAGE_PRESENT}, bit 1 {@code _PAGE_ACCESSED}, bit 2
 * {@code _PAGE_DIRTY}, the frame above. 0 is an empty entry. It stands beside the machine and not
 * in the hardware because the explorer must find the frame in it.
 */
public final class Pte {
  public static final int PRESENT = 1;
  public static final int ACCESSED = 2;
  public static final int DIRTY = 4;
  public static final int FRAME_SHIFT = 3;
  public static final int FLAGS = PRESENT | ACCESSED | DIRTY;

  private Pte() {}

  public static int of(int frame, int flags) {
    return frame << FRAME_SHIFT | flags;
  }

  public static int frame(int pte) {
    return pte >>> FRAME_SHIFT;
  }

  public static boolean present(int pte) {
    return (pte & PRESENT) != 0;
  }

  public static boolean accessed(int pte) {
    return (pte & ACCESSED) != 0;
  }
}
