package dev.kstack.checks.trace;

import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Sizes;
import org.jspecify.annotations.Nullable;

/**
 * A run with everything that is needed to take it again: see {@link JsonTrace}.
 *
 * @param design by name
 * @param defect the hazard's number; null for the design as it is
 * @param assumptions under which it can be taken
 * @param config of the machine
 * @param property what the run violates or reaches, by name
 * @param run the steps, and what is shown by them
 * @param grain how much a step is
 * @param broken the rules of locking that no step relies on
 */
public record StoredRun(
    String design,
    @Nullable String defect,
    Assumptions assumptions,
    Sizes config,
    String property,
    Counterexample run,
    Grain grain,
    ImmutableSet<String> broken) {

  /** One that relies on every rule of locking. */
  public StoredRun(
      String design,
      @Nullable String defect,
      Assumptions assumptions,
      Sizes config,
      String property,
      Counterexample run,
      Grain grain) {
    this(design, defect, assumptions, config, property, run, grain, ImmutableSet.of());
  }
}
