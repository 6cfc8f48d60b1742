package dev.kstack.checks.report;

import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;

/** Which machine a subject is searched on. */
@FunctionalInterface
public interface SizeChoice {
  /**
   * Its sizes.
   *
   * @throws UsageException if such a machine is impossible, or too large for the model
   */
  Sizes of(Subject subject, Assumptions assumptions);
}
