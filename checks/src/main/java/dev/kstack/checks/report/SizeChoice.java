package dev.kstack.checks.report;

import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Sizes;

/** Which machine a subject is searched on. */
@FunctionalInterface
public interface SizeChoice {
  /**
   * Its sizes.
   *
   * @throws UsageException if such a machine is impossible, or too large for the model
   */
  Sizes of(Subject subject, Hardware hardware);
}
