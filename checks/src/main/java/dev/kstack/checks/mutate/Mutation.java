package dev.kstack.checks.mutate;

import com.google.common.collect.ImmutableList;
import dev.kstack.model.kernel.Decisions;
import java.util.function.UnaryOperator;

/**
 * One mistake in the model or in a design. Every search of it must find a property that it breaks,
 * or there is a reason why it breaks none.
 *
 * @param design whose mistake it is: the name of a design
 * @param id tells it from the others of the design
 * @param what is different, in one line
 * @param rules are the rules of who alone may touch a task's words declared? Without them it is the
 *     properties alone that must find it
 * @param decisions what it does to the decisions of the design
 * @param rewrites what it does to operations
 * @param expected what must become of it
 */
record Mutation(
    String design,
    String id,
    String what,
    boolean rules,
    UnaryOperator<Decisions> decisions,
    ImmutableList<Rewrite> rewrites,
    Expected expected) {

  /** What must become of a mutant. */
  sealed interface Expected {
    /** Some property breaks. */
    record Killed() implements Expected {}

    /**
     * None breaks.
     *
     * @param reason why nobody can tell it from the design
     */
    record Equivalent(String reason) implements Expected {}
  }

  /** One that changes nothing yet, and is to be killed. */
  static Mutation of(String design, String id, String what) {
    return new Mutation(
        design,
        id,
        what,
        true,
        UnaryOperator.identity(),
        ImmutableList.of(),
        new Expected.Killed());
  }

  /** As on the command line: {@code switch-out~cmpxchg-is-a-store}. */
  String name() {
    return design + "~" + id;
  }

  Mutation deciding(UnaryOperator<Decisions> change) {
    return new Mutation(design, id, what, rules, change, rewrites, expected);
  }

  /** With this change besides any others. */
  Mutation rewriting(Place place, Edit edit) {
    ImmutableList<Rewrite> all =
        ImmutableList.<Rewrite>builder().addAll(rewrites).add(new Rewrite(place, edit)).build();
    return new Mutation(design, id, what, rules, decisions, all, expected);
  }

  /** The same, where nothing but the properties can find it. */
  Mutation withoutRules() {
    return new Mutation(design, id + "-no-rules", what, false, decisions, rewrites, expected);
  }

  Mutation equivalent(String reason) {
    return expecting(new Expected.Equivalent(reason));
  }

  private Mutation expecting(Expected other) {
    return new Mutation(design, id, what, rules, decisions, rewrites, other);
  }

  /** The decisions of the mutant. */
  Decisions applyTo(Decisions original) {
    Decisions changed = decisions.apply(original);
    return rules
        ? changed
        : new Decisions(
            changed.mappedForLife(),
            new WithoutRules(changed.refill()),
            changed.hook(),
            changed.scan());
  }

  @Override
  public String toString() {
    return name();
  }
}
