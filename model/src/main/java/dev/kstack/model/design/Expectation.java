package dev.kstack.model.design;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.spec.Property;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the domain says that a search will find, written down before it is run. Safety and progress
 * properties that are not named hold; sanity properties that are not named are reached.
 *
 * @param clauses what is not so, in the order in which it was said: a later clause is right
 * @param notClaimed the safety properties that the design gives up, or that say nothing about it;
 *     what a search finds of them is no defect
 */
public record Expectation(ImmutableList<Clause> clauses, ImmutableSet<Property> notClaimed) {
  /**
   * That some properties are as a good design has them, or that they are not.
   *
   * @param when under which assumptions
   * @param properties which
   * @param good do they hold (or, for sanity, are they reached)?
   */
  public record Clause(
      Predicate<Assumptions> when, ImmutableSet<Property> properties, boolean good) {}

  private static final Predicate<Assumptions> ALWAYS = assumptions -> true;

  /** All holds, and all that may happen does. */
  static Expectation allHolds() {
    return new Expectation(ImmutableList.of(), ImmutableSet.of());
  }

  /** The same, but these are violated there. */
  Expectation violates(Predicate<Assumptions> when, Property... properties) {
    return with(new Clause(when, ImmutableSet.copyOf(properties), false));
  }

  /** The same, but these are violated under that hardware. */
  Expectation violates(Hardware hardware, Property... properties) {
    return violates(assumptions -> assumptions.hardware() == hardware, properties);
  }

  /** The same, but these are violated whatever is assumed. */
  Expectation violates(Property... properties) {
    return violates(ALWAYS, properties);
  }

  /** The same, but these are never reached. */
  Expectation neverReaches(Property... properties) {
    return violates(ALWAYS, properties);
  }

  /** The same, but these hold there, or are reached, whatever was said before. */
  public Expectation holds(Predicate<Assumptions> when, Property... properties) {
    return with(new Clause(when, ImmutableSet.copyOf(properties), true));
  }

  private Expectation with(Clause clause) {
    return new Expectation(
        ImmutableList.<Clause>builder().addAll(clauses).add(clause).build(), notClaimed);
  }

  /** The same, but these the design does not claim: it never meant to have them. */
  public Expectation doesNotClaim(Property... properties) {
    return new Expectation(
        clauses, ImmutableSet.<Property>builder().addAll(notClaimed).add(properties).build());
  }

  /** Is it a property that the design should have? */
  public boolean claims(Property property) {
    return !notClaimed.contains(property);
  }

  /** Does a complete search under these assumptions find this true (or, for sanity, reached)? */
  public boolean expects(Assumptions assumptions, Property property) {
    return !unexpected(assumptions).contains(property);
  }

  /** The safety and progress properties that are broken there. */
  public ImmutableSet<Property> violated(Assumptions assumptions) {
    return unexpected(assumptions).stream()
        .filter(property -> property.kind() != Property.Kind.SANITY)
        .collect(ImmutableSet.toImmutableSet());
  }

  /** Those, and the sanity properties that no run reaches. */
  private Set<Property> unexpected(Assumptions assumptions) {
    Set<Property> unexpected = new LinkedHashSet<>();
    for (Clause clause : clauses) {
      if (clause.when().test(assumptions)) {
        if (clause.good()) {
          unexpected.removeAll(clause.properties());
        } else {
          unexpected.addAll(clause.properties());
        }
      }
    }
    return unexpected;
  }
}
