package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableSet;
import dev.kstack.model.machine.Layout;
import dev.kstack.spec.Property;

/**
 * What ends a search before it has visited everything.
 *
 * @param properties that are violated, or reached; none if it goes to the end
 * @param all is it all of them that must be found, or any?
 */
public record Goal(ImmutableSet<Property> properties, boolean all) {
  /** There is nothing to look for: every state is visited. */
  public static final Goal NONE = new Goal(ImmutableSet.of(), true);

  public static Goal anyOf(ImmutableSet<Property> properties) {
    return new Goal(properties, false);
  }

  public static Goal allOf(ImmutableSet<Property> properties) {
    return new Goal(properties, true);
  }

  public boolean isNone() {
    return properties.isEmpty();
  }

  /** As a set of claims of the layout, a bit each. */
  long claims(Layout layout) {
    return properties.stream().mapToLong(layout::claim).reduce(0, (a, b) -> a | b);
  }
}
