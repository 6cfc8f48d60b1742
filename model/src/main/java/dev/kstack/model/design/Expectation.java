package dev.kstack.model.design;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.spec.Property;

/**
 * What the domain says that a search will find, written down before it is run. Safety and progress
 * properties that are not named hold; sanity properties that are not named are reached.
 *
 * @param violated the safety and progress properties that are broken, under each hardware
 * @param unreachable the sanity properties that no run reaches
 * @param notClaimed the safety properties that the design gives up, or that say nothing about it;
 *     what a search finds of them is no defect
 */
public record Expectation(
    ImmutableSetMultimap<Hardware, Property> violated,
    ImmutableSetMultimap<Hardware, Property> unreachable,
    ImmutableSet<Property> notClaimed) {

  /** All holds, and all that may happen does. */
  static Expectation allHolds() {
    return new Expectation(ImmutableSetMultimap.of(), ImmutableSetMultimap.of(), ImmutableSet.of());
  }

  /** The same, but these are violated under that hardware. */
  Expectation violates(Hardware hardware, Property... properties) {
    return new Expectation(
        ImmutableSetMultimap.<Hardware, Property>builder()
            .putAll(violated)
            .putAll(hardware, properties)
            .build(),
        unreachable,
        notClaimed);
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
    return new Expectation(violated, all.build(), notClaimed);
  }

  /** The same, but these the design does not claim: it never meant to have them. */
  Expectation doesNotClaim(Property... properties) {
    return new Expectation(
        violated,
        unreachable,
        ImmutableSet.<Property>builder().addAll(notClaimed).add(properties).build());
  }

  /** Is it a property that the design should have? */
  public boolean claims(Property property) {
    return !notClaimed.contains(property);
  }

  /** Does a complete search of the given hardware find this true (or, for sanity, reached)? */
  public boolean expects(Hardware hardware, Property property) {
    return switch (property.kind()) {
      case SAFETY, PROGRESS -> !violated.containsEntry(hardware, property);
      case SANITY -> !unreachable.containsEntry(hardware, property);
    };
  }
}
