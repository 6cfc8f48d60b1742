package dev.kstack.checks.walks;

import dev.kstack.checks.explore.Picker;
import dev.kstack.checks.explore.RandomWalk;
import dev.kstack.checks.explore.Reductions;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.explore.SearchResult.Counterexample;
import dev.kstack.checks.explore.Shortening;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.trace.TextTrace;
import dev.kstack.model.machine.Program;
import dev.kstack.spec.Property;
import dev.kstack.spec.StackProperties;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Walks through one machine, and what to say when a walk goes wrong. */
final class Walker {
  private static final Map<Job, Walker> KNOWN = new HashMap<>();

  private final Job job;
  private final Program program;
  private final RandomWalk walks;

  private Walker(Job job) {
    this.job = job;
    program = new Fills(job.program());
    walks = new RandomWalk(program, Reductions.ALL);
  }

  /** Kept: the second walk through a machine is far faster than the first. */
  static Walker of(Job job) {
    return KNOWN.computeIfAbsent(job, Walker::new);
  }

  RandomWalk.Walk walk(Picker picker, int mostSteps, Set<Property> until) {
    return walks.walk(picker, mostSteps, until);
  }

  /** What no run of it may violate. */
  Set<Property> expectedToHold() {
    return safety(true);
  }

  /** What some run of it is expected to violate. */
  Set<Property> expectedToBreak() {
    return safety(false);
  }

  private Set<Property> safety(boolean holds) {
    return StackProperties.ALL.stream()
        .filter(p -> p.kind() == Property.Kind.SAFETY)
        .filter(program.layout().claims()::contains)
        .filter(job.subject().expectation()::claims)
        .filter(p -> job.subject().expectation().expects(job.assumptions(), p) == holds)
        .collect(Collectors.toUnmodifiableSet());
  }

  Counterexample shortened(RandomWalk.Walk walk, Property property) {
    return new Shortening(program, Reductions.ALL).of(walk.runTo(property), property);
  }

  /** The walk as far as it breaks the property, shortened, as people read it. */
  String trace(RandomWalk.Walk walk, Property property) {
    Counterexample run = shortened(walk, property);
    List<String> heading =
        List.of(
            "%s: %s".formatted(job.name(), job.subject().title()),
            "%s; %s".formatted(job.assumptions().inWords(), Job.inWords(job.sizes())),
            "a random walk of %d steps, shortened to %d"
                .formatted(walk.runTo(property).steps().size(), run.steps().size()));
    return "\n" + new TextTrace(heading).of(property, Run.of(job.program(), Reductions.ALL, run));
  }
}
