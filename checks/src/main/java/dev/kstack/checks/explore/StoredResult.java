package dev.kstack.checks.explore;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.SearchResult.Ending;
import dev.kstack.spec.Property;
import java.io.IOException;
import java.util.Map;

/** A {@link SearchResult} as it stands in a file. */
final class StoredResult {
  private static final int HERE = 0;
  private static final int TRAP = 1;
  private static final int LOOP = 2;

  private StoredResult() {}

  static void put(SearchResult result, CheckpointOut out) throws IOException {
    out.putText(result.stop().name());
    out.putLong(result.states());
    out.putLong(result.transitions());
    out.putInt(result.depth());
    out.putDouble(result.seconds());
    out.putLong(result.visitedBytes());
    out.putDouble(result.collisionProbability());
    out.putInt(result.found().size());
    for (Map.Entry<Property, Counterexample> found : result.found().entrySet()) {
      put(found.getKey(), out);
      put(found.getValue(), out);
    }
    out.putInt(result.premises().size());
    for (Property premise : result.premises()) {
      put(premise, out);
    }
    out.putInt(result.executed().size());
    for (Class<?> executed : result.executed()) {
      out.putText(executed.getName());
    }
    out.putInt(result.places().size());
    for (String place : result.places()) {
      out.putText(place);
    }
    out.putInt(result.undecided().size());
    for (Map.Entry<Property, String> undecided : result.undecided().entrySet()) {
      put(undecided.getKey(), out);
      out.putText(undecided.getValue());
    }
  }

  static SearchResult get(CheckpointIn in) throws IOException, CheckpointRefusedException {
    StopReason stop = StopReason.valueOf(in.getText());
    long states = in.getLong();
    long transitions = in.getLong();
    int depth = in.getInt();
    double seconds = in.getDouble();
    long visitedBytes = in.getLong();
    double collisionProbability = in.getDouble();
    ImmutableMap.Builder<Property, Counterexample> found = ImmutableMap.builder();
    for (int left = in.getInt(); left > 0; left--) {
      found.put(property(in), counterexample(in));
    }
    ImmutableSet.Builder<Property> premises = ImmutableSet.builder();
    for (int left = in.getInt(); left > 0; left--) {
      premises.add(property(in));
    }
    ImmutableSet.Builder<Class<?>> executed = ImmutableSet.builder();
    for (int left = in.getInt(); left > 0; left--) {
      executed.add(type(in.getText()));
    }
    ImmutableSet.Builder<String> places = ImmutableSet.builder();
    for (int left = in.getInt(); left > 0; left--) {
      places.add(in.getText());
    }
    ImmutableMap.Builder<Property, String> undecided = ImmutableMap.builder();
    for (int left = in.getInt(); left > 0; left--) {
      undecided.put(property(in), in.getText());
    }
    return new SearchResult(
        stop,
        states,
        transitions,
        depth,
        seconds,
        visitedBytes,
        collisionProbability,
        found.buildOrThrow(),
        premises.build(),
        executed.build(),
        places.build(),
        undecided.buildOrThrow());
  }

  private static Class<?> type(String name) throws CheckpointRefusedException {
    try {
      return Class.forName(name, false, StoredResult.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new CheckpointRefusedException("it names a class that is not there: " + name);
    }
  }

  static void put(Property property, CheckpointOut out) throws IOException {
    out.putText(property.name());
    out.putText(property.kind().name());
    out.putText(property.meaning());
    out.putText(property.sentence());
  }

  static Property property(CheckpointIn in) throws IOException {
    return new Property(
        in.getText(), Property.Kind.valueOf(in.getText()), in.getText(), in.getText());
  }

  static void put(Counterexample run, CheckpointOut out) throws IOException {
    out.putInt(run.steps().size());
    for (Counterexample.Step step : run.steps()) {
      out.putInt(step.process());
      out.putInt(step.choices().size());
      for (int choice : step.choices()) {
        out.putInt(choice);
      }
    }
    if (run.ending() instanceof Ending.Trap trap) {
      out.putInt(TRAP);
      out.putInt(trap.task());
      out.putInt(trap.states());
    } else if (run.ending() instanceof Ending.Loop loop) {
      out.putInt(LOOP);
      out.putInt(loop.task());
      out.putInt(loop.from());
      out.putBoolean(loop.renamed());
    } else {
      out.putInt(HERE);
    }
  }

  static Counterexample counterexample(CheckpointIn in) throws IOException {
    ImmutableList.Builder<Counterexample.Step> steps = ImmutableList.builder();
    for (int left = in.getInt(); left > 0; left--) {
      int process = in.getInt();
      ImmutableList.Builder<Integer> choices = ImmutableList.builder();
      for (int more = in.getInt(); more > 0; more--) {
        choices.add(in.getInt());
      }
      steps.add(new Counterexample.Step(process, choices.build()));
    }
    Ending ending =
        switch (in.getInt()) {
          case TRAP -> new Ending.Trap(in.getInt(), in.getInt());
          case LOOP -> new Ending.Loop(in.getInt(), in.getInt(), in.getBoolean());
          default -> new Ending.Here();
        };
    return new Counterexample(steps.build(), ending);
  }
}
