package dev.kstack.checks.compare;

import com.google.common.collect.ImmutableList;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.report.Subject;

/**
 * A design beside others.
 *
 * @param subject the design
 * @param runs one search of all properties for each reading of the manuals
 * @param measures what it costs
 */
public record Compared(Subject subject, ImmutableList<RunReport> runs, Measures measures) {
  /** Is everything known? */
  public boolean decided() {
    return measures.decided()
        && runs.stream().allMatch(run -> run.findings().stream().allMatch(f -> f.decided()));
  }
}
