package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.model.design.DefaultSearch;
import dev.kstack.model.design.DefaultSizes;
import dev.kstack.model.design.Defect;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Expectation;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.Decisions;
import dev.kstack.spec.StackProperties;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What can be checked: a design as it is, or with one of its defects.
 *
 * @param design the design
 * @param defect the defect; null for the design as it is
 */
public record Subject(Design design, @Nullable Defect defect) {
  /** As on the command line: {@code switch-out} or {@code switch-out+H8}. */
  public String name() {
    return defect == null ? design.name() : design.name() + "+" + defect.hazard();
  }

  public String title() {
    return defect == null ? design.title() : defect.title();
  }

  public Decisions decisions() {
    return defect == null ? design.decisions() : defect.decisions();
  }

  /** How it is searched where the user does not say. */
  public ImmutableList<DefaultSearch> searches() {
    return defect == null ? design.searches() : defect.searches();
  }

  /** The sizes of the usual search. */
  public DefaultSizes sizes() {
    return searches().get(0).sizes();
  }

  /** The sizes under these assumptions; those of the usual search where there are none. */
  public DefaultSizes sizes(Assumptions assumptions) {
    return searches().stream()
        .filter(search -> search.isUnder(assumptions))
        .findFirst()
        .orElse(searches().get(0))
        .sizes();
  }

  public Expectation expectation() {
    Expectation own = defect == null ? design.expectation() : defect.expectation();
    return decisions().latches() ? own : own.doesNotClaim(StackProperties.NEVER_DOOMED);
  }

  /** Under what it is searched where the user does not say. */
  public ImmutableSet<Assumptions> assumptions() {
    ImmutableSet.Builder<Assumptions> all = ImmutableSet.builder();
    for (DefaultSearch search : searches()) {
      for (Hardware mode : search.hardware().isEmpty() ? modes(search) : search.hardware()) {
        all.add(search.under(mode));
      }
    }
    return all.build();
  }

  /** The default modes, but of a defect that does not show in them those in which it does. */
  private ImmutableSet<Hardware> modes(DefaultSearch search) {
    if (defect == null || Hardware.DEFAULT.stream().anyMatch(mode -> shows(search.under(mode)))) {
      return Hardware.DEFAULT;
    }
    ImmutableSet<Hardware> modes =
        Arrays.stream(Hardware.values())
            .filter(mode -> shows(search.under(mode)))
            .collect(ImmutableSet.toImmutableSet());
    return modes.isEmpty() ? Hardware.DEFAULT : modes;
  }

  /** Is more expected to be violated than of the design as it is? */
  private boolean shows(Assumptions assumptions) {
    return !design
        .expectation()
        .violated(assumptions)
        .containsAll(expectation().violated(assumptions));
  }
}
