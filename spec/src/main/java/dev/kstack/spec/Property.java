package dev.kstack.spec;

import com.google.common.base.Preconditions;

/**
 * Something that is claimed of every run of a design, or of some run of it.
 *
 * @param name the name by which users, reports and expectations know it
 * @param kind whether a run can break it or only reach it
 * @param meaning one sentence: what is true when it holds, or what happens when it is reached
 * @param sentence the sentence of the proposal, or of the manual, that it formalizes
 */
public record Property(String name, Kind kind, String meaning, String sentence) {
  /** What a search can say about a property. */
  public enum Kind {
    /**
     * Must be true in every state and step. A run to a state where it is not is a counterexample.
     */
    SAFETY,
    /**
     * Must be true in every state, where there is enough of everything: a run to a state breaks it,
     * and whether one does is a matter of sizes.
     */
    SCARCITY,
    /**
     * Must be possible, or must happen, from every state on. No run to a state can break it: it
     * takes all runs that go on from there.
     */
    PROGRESS,
    /** Should happen in some run. Reaching it is information, not a defect. */
    SANITY
  }

  public Property {
    Preconditions.checkArgument(!name.trim().isEmpty(), "a property needs a name");
    Preconditions.checkNotNull(kind);
    Preconditions.checkArgument(!meaning.trim().isEmpty(), "property %s needs a meaning", name);
  }

  /** A property is known by its name. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Property p && name.equals(p.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
