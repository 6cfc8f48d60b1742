package dev.kstack.checks.jpf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import dev.kstack.checks.report.Job;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;

/**
 * What Java PathFinder is to search.
 *
 * @param job the design, the hardware and the sizes
 * @param activations how many of each process; {@link JpfTarget#ENDLESS} for no end
 * @param properties of which the first that is violated ends the search
 * @param announced the words that are accessed plainly where others may touch them, as far as that
 *     is known: see {@link JpfOutcome.Unannounced}
 */
public record JpfTask(
    Job job,
    int activations,
    ImmutableSet<Property> properties,
    ImmutableSortedSet<String> announced) {
  /** Nothing is known of plain accesses. */
  public JpfTask(Job job, int activations, ImmutableSet<Property> properties) {
    this(job, activations, properties, ImmutableSortedSet.of());
  }

  /**
   * Progress is about all that can come after a state, and JPF looks at states and runs. Refinement
   * compares records of the specification, which JPF cannot. Data races are seen by JPF's own race
   * detector, at the words that are announced to it. The rules of locking only the explorer checks.
   * What should be reached in some run JPF looks for like a violation.
   */
  public static boolean canDecide(Property property) {
    return property.kind() != Property.Kind.PROGRESS
        && !property.equals(StackProperties.REFINES_SPEC)
        && !property.equals(StackProperties.LOCKING_RULES);
  }

  /** The same, and this word is announced too. */
  JpfTask announcing(String word) {
    return new JpfTask(
        job,
        activations,
        properties,
        ImmutableSortedSet.<String>naturalOrder().addAll(announced).add(word).build());
  }

  /** As {@link JpfTarget#main} takes them. */
  ImmutableList<String> arguments() {
    Sizes sizes = job.sizes();
    ImmutableList.Builder<String> arguments = ImmutableList.builder();
    arguments.add(
        job.name(), DecisionCode.orName(job.subject().decisions()), job.assumptions().label());
    for (int size :
        new int[] {
          sizes.cpus(),
          sizes.threads(),
          sizes.pages(),
          sizes.frames(),
          sizes.reserve(),
          sizes.speculation(),
          activations
        }) {
      arguments.add(Integer.toString(size));
    }
    properties.forEach(property -> arguments.add(property.name()));
    announced.forEach(word -> arguments.add(JpfTarget.ANNOUNCE + word));
    return arguments.build();
  }

  boolean endless() {
    return activations == JpfTarget.ENDLESS;
  }

  int processes() {
    return job.kernel().processes().size();
  }
}
