package dev.kstack.model.design;

import com.google.common.collect.ImmutableSetMultimap;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.spec.Property;

/**
 * What the domain says that a search will find, written down before it is run. Safety and progress
 * properties that are not named hold; sanity properties that are not named are reached.
 *
 * @param violated the safety and progress properties that are broken, under each hardware
 * @param unreachable the sanity properties that no run reaches
 */
public record Expectation(
    ImmutableSetMultimap<Hardware, Property> violated,
    ImmutableSetMultimap<Hardware, Property> unreachable) {

  /** All holds, and all that may happen does. */
  static Expectation allHolds() {
    return new Expectation(ImmutableSetMultimap.of(), ImmutableSetMultimap.of());
  }

  /** The same, but these are violated under that hardware. */
  Expectation violates(Hardware hardware, Property... properties) {
    return new Expectation(
        ImmutableSetMultimap.<Hardware, Property>builder()
            .putAll(violated)
            .putAll(hardware, properties)
            .build(),
        unreachable);
  }

  /** The same, but these are violated under any hardware. */
  Expectation violates(Property... properties) {
    Expectation all = this;
    for (Hardware hardware : Hardware.values()) {
      all = all.violates(hardware, properties);
    }
    return all;
  }

  /** The same, but these are never reached. */
  Expectation neverReaches(Property... properties) {
    ImmutableSetMultimap.Builder<Hardware, Property> all = ImmutableSetMultimap.builder();
    all.putAll(unreachable);
    for (Hardware hardware : Hardware.values()) {
      all.putAll(hardware, properties);
    }
    return new Expectation(violated, all.build());
  }

  /** Does a complete search of the given hardware find this true (or, for sanity, reached)? */
  public boolean expects(Hardware hardware, Property property) {
    return switch (property.kind()) {
      case SAFETY, PROGRESS -> !violated.containsEntry(hardware, property);
      case SANITY -> !unreachable.containsEntry(hardware, property);
    };
  }
}
