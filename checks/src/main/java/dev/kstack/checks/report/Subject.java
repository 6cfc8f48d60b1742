package dev.kstack.checks.report;

import com.google.common.collect.ImmutableSet;
import dev.kstack.model.design.DefaultSizes;
import dev.kstack.model.design.Defect;
import dev.kstack.model.design.Design;
import dev.kstack.model.design.Expectation;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Decisions;
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

  public DefaultSizes sizes() {
    return defect == null ? design.sizes() : defect.sizes();
  }

  public Expectation expectation() {
    return defect == null ? design.expectation() : defect.expectation();
  }

  /**
   * The modes in which it is searched where the user does not say: the default ones, but of a
   * defect that does not show in them those in which it does.
   */
  public ImmutableSet<Hardware> hardware() {
    if (defect == null || Hardware.DEFAULT.stream().anyMatch(this::shows)) {
      return Hardware.DEFAULT;
    }
    ImmutableSet<Hardware> modes =
        Arrays.stream(Hardware.values()).filter(this::shows).collect(ImmutableSet.toImmutableSet());
    return modes.isEmpty() ? Hardware.DEFAULT : modes;
  }

  /** Is more expected to be violated than of the design as it is? */
  private boolean shows(Hardware mode) {
    return !design
        .expectation()
        .violated()
        .get(mode)
        .containsAll(expectation().violated().get(mode));
  }
}
