package dev.kstack.model.kernel;

import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.machine.Exclusive;
import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Mover;
import dev.kstack.model.machine.Pte;
import dev.kstack.model.machine.Word;
import java.util.Objects;
import java.util.Set;

/**
 * The cases in which {@link Ownership} says that an operation on a stack may not change places with
 * what others do, each with a switch.
 */
public enum MoverClause {
  /** A walk under way may write to any entry. */
  STRAY_WALK,
  /** Who looks at a stack would notice that a page goes or comes. */
  READER_LOOKS,
  /** Who looks at a stack may set A. */
  READER_SETS_A,
  /** The walker may set A. */
  WALKER_SETS_A,
  /** Who writes to a waiter does so in a page that was accessed. */
  WAITER_IS_WRITTEN_TO,
  /** Once a page is there, the walker may come: what comes before it may not come later. */
  WALKER_MAY_COME,
  /** Who writes to a waiter looks at its stack pointer. */
  SP_IS_LOOKED_AT;

  /** The kernel relies on these no more. */
  public static void switchOff(Kernel k, Set<MoverClause> off) {
    for (int number = 1; number <= k.sizes().threads(); number++) {
      for (int page = 0; page < k.pages(); page++) {
        Word pte = k.mmu().pte(number, page);
        Word deepest = k.mmu().deepest(number);
        int at = page;
        replace(
            pte,
            off,
            (memory, writes) -> ofPte(k, memory, pte, at >= memory.get(deepest), writes, off));
      }
      if (k.design().use().savesSp()) {
        Word sp = k.mmu().sp(number);
        replace(
            sp, off, (memory, writes) -> SP_IS_LOOKED_AT.is(off, writes) ? Mover.NONE : Mover.BOTH);
      }
    }
  }

  private interface Rule {
    Mover mover(Memory memory, boolean writes);
  }

  private static void replace(Word word, Set<MoverClause> off, Rule rule) {
    Exclusive declared = word.exclusive();
    if (declared != null) {
      word.exclusiveBy(new Switched(declared, rule, off.isEmpty()), word.rule());
    }
  }

  /** With nothing switched off, it must say what the kernel says. */
  private record Switched(Exclusive declared, Rule rule, boolean compared) implements Exclusive {
    @Override
    public int owner(Memory memory) {
      return declared.owner(memory);
    }

    @Override
    public int writer(Memory memory) {
      return declared.writer(memory);
    }

    @Override
    public Mover mover(Memory memory, boolean writes) {
      Mover mover = rule.mover(memory, writes);
      if (compared && !Objects.equals(mover, declared.mover(memory, writes))) {
        throw new IllegalStateException("the kernel has another rule than this copy of it");
      }
      return mover;
    }
  }

  private static Mover ofPte(
      Kernel k, Memory memory, Word word, boolean used, boolean writes, Set<MoverClause> off) {
    if (STRAY_WALK.is(off, k.assumptions().hardware() == Hardware.STRAY_A)) {
      return Mover.NONE;
    }
    int pte = memory.get(word);
    boolean clear = Pte.present(pte) && !Pte.accessed(pte);
    if (k.design().reader() != null) {
      return READER_LOOKS.is(off, writes) || READER_SETS_A.is(off, clear) ? Mover.NONE : Mover.BOTH;
    }
    boolean walks = memory.get(k.walker().budget()) > 0;
    if (WALKER_SETS_A.is(off, walks && clear)) {
      return Mover.NONE;
    }
    if (!writes) {
      return Mover.BOTH;
    }
    if (WAITER_IS_WRITTEN_TO.is(off, used)) {
      return Mover.NONE;
    }
    return WALKER_MAY_COME.is(off, walks) ? Mover.LEFT : Mover.BOTH;
  }

  private boolean is(Set<MoverClause> off, boolean condition) {
    return condition && !off.contains(this);
  }
}
