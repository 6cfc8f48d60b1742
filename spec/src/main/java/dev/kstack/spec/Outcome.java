package dev.kstack.spec;

/** What comes of an action. */
public sealed interface Outcome {
  /** It is allowed, and leads here. */
  record Next(StackSystem system) implements Outcome {}

  /** It is not allowed; the first rule that it breaks. */
  record Refused(Rule rule) implements Outcome {}
}
