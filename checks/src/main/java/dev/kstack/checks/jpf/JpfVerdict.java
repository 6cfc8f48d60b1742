package dev.kstack.checks.jpf;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.Verdict;
import dev.kstack.model.live.LiveStep;
import dev.kstack.spec.Property;

/**
 * What Java PathFinder found about one property.
 *
 * @param finding with the run as the explorer takes it; without one where it found none
 * @param steps of JPF's run; empty where it found none
 * @param race the two accesses of a data race, the plain one first; empty if it is none
 * @param diverged why the explorer does not take that run; empty if it does
 */
public record JpfVerdict(
    Finding finding,
    ImmutableList<LiveStep> steps,
    ImmutableList<JpfAccess> race,
    String diverged) {
  Property property() {
    return finding.property();
  }

  /**
   * Did nobody expect it? What should be reached, and what is a matter of sizes, is expected at the
   * sizes of the design; here it is enough that the explorer says the same. And whether what holds
   * was ever put to the test JPF cannot say.
   */
  boolean surprising() {
    boolean vacuous = finding.expected() == Verdict.VACUOUS && finding.verdict() == Verdict.HOLDS;
    return property().kind() == Property.Kind.SAFETY
        && finding.decided()
        && !finding.asExpected()
        && !vacuous;
  }
}
