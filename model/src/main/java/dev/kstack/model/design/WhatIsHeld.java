package dev.kstack.model.design;

import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.KernelLoad;
import java.util.function.Predicate;

/** What threads may hold in the kernel, for expectations. */
final class WhatIsHeld {
  static final Predicate<Assumptions> LOCKS = assumed -> assumed.kernel().locks();
  static final Predicate<Assumptions> RCU = assumed -> assumed.kernel().rcu();
  static final Predicate<Assumptions> RECLAIM = assumed -> assumed.kernel().reclaim();

  /** Something. */
  static final Predicate<Assumptions> ANY = assumed -> !assumed.kernel().equals(KernelLoad.BARE);

  private WhatIsHeld() {}
}
