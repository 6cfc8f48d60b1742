package dev.kstack.checks.explore;

import dev.kstack.model.machine.Memory;
import dev.kstack.model.machine.Word;
import dev.kstack.model.machine.WordType;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the ways on from a choice: through further choices, on conditions, to the next operation
 * that is neither. What is offered does not depend on the state, only whether its conditions hold,
 * so the ways on from a node are found once.
 */
final class Offer {
  final int node;
  final int[] choices;
  final WordType[] types;
  private final Word[] words;
  private final int[] values;

  private Offer(int node, List<Integer> choices, List<WordType> types, List<Op> conditions) {
    this.node = node;
    this.choices = choices.stream().mapToInt(Integer::intValue).toArray();
    this.types = types.toArray(new WordType[0]);
    this.words = conditions.stream().map(Op::word).toArray(Word[]::new);
    this.values = conditions.stream().mapToInt(Op::a).toArray();
  }

  boolean holds(Memory memory) {
    for (int i = 0; i < words.length; i++) {
      if (memory.get(words[i]) != values[i]) {
        return false;
      }
    }
    return true;
  }

  /** The ways on from a node, in the order of their choices. */
  static Offer[] from(Automaton automaton, int node) {
    List<Offer> offers = new ArrayList<>();
    collect(automaton, node, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), offers);
    return offers.toArray(new Offer[0]);
  }

  private static void collect(
      Automaton automaton,
      int node,
      List<Integer> choices,
      List<WordType> types,
      List<Op> conditions,
      List<Offer> offers) {
    if (choices.size() > Expansion.MAX_CHOICES) {
      throw Expansion.tooManyChoices();
    }
    Op op = automaton.op(node);
    boolean ended = !choices.isEmpty() && automaton.rest(node);
    if (!ended && op.kind() == Op.Kind.WHEN) {
      conditions.add(op);
      collect(automaton, automaton.next(node, 0), choices, types, conditions, offers);
      conditions.remove(conditions.size() - 1);
    } else if (!ended && isStatic(op)) {
      for (int value : op.values()) {
        choices.add(value);
        types.add(op.result());
        collect(automaton, automaton.next(node, value), choices, types, conditions, offers);
        choices.remove(choices.size() - 1);
        types.remove(types.size() - 1);
      }
    } else {
      offers.add(new Offer(node, choices, types, conditions));
    }
  }

  /** Which frames are worth trying depends on the state; everything else does not. */
  static boolean isStatic(Op op) {
    return op.isChoice() && op.result() != WordType.FRAME;
  }
}
