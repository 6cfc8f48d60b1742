package dev.kstack.checks.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import dev.kstack.checks.explore.Guide;
import dev.kstack.checks.explore.Position;
import dev.kstack.checks.explore.Run;
import dev.kstack.checks.report.Job;
import dev.kstack.model.kernel.Sizes;
import dev.kstack.spec.Property;
import java.util.Map;

/** A walk through a program as the page wants it: a first state, and what each step changes. */
public final class WalkJson {
  private final Excerpts excerpts;

  public WalkJson(ModelSources sources) {
    excerpts = new Excerpts(sources);
  }

  /**
   * Everything but the steps: {@code name}, {@code title}, {@code hardware}, {@code sizes} in
   * words, {@code processes}, {@code tasks}, {@code cpus}, {@code pages}, {@code frames}, {@code
   * locks}, and {@code first}: the words of the first state by name.
   */
  public void writeMachine(Job job, Guide guide, ObjectNode node) {
    Sizes sizes = job.sizes();
    node.put("name", job.name());
    node.put("title", job.subject().title());
    node.put("hardware", job.assumptions().label());
    node.put("sizes", Job.inWords(sizes));
    node.put("tasks", sizes.threads());
    node.put("cpus", sizes.cpus());
    node.put("pages", sizes.pages());
    node.put("frames", sizes.frames());
    ArrayNode processes = node.putArray("processes");
    guide.processes().forEach(processes::add);
    ArrayNode locks = node.putArray("locks");
    guide.locks().forEach(locks::add);
    guide.start().words().forEach(node.putObject("first")::put);
  }

  /**
   * One step: {@code p} who takes it, {@code for} whom, {@code d} the words that change with their
   * values after it, {@code r} what it violates or reaches, {@code ev} its operations. Each of
   * these is {@code f} function, {@code s} file, {@code l} line, {@code o} operation, {@code v}
   * what it returned, {@code c} what changed, {@code e} what it means; {@code q} is 1 if nobody
   * could notice it, {@code w} if it is a choice.
   */
  public void writeStep(Position from, Guide.Taken taken, ObjectNode node) {
    node.put("p", taken.step().process());
    if (!taken.shown().actingFor().isEmpty()) {
      node.put("for", taken.shown().actingFor());
    }
    ObjectNode changes = node.putObject("d");
    ImmutableMap<String, String> before = from.words();
    for (Map.Entry<String, String> word : taken.to().words().entrySet()) {
      if (!word.getValue().equals(before.get(word.getKey()))) {
        changes.put(word.getKey(), word.getValue());
      }
    }
    ArrayNode raised = node.putArray("r");
    taken.to().raised().stream().map(Property::name).forEach(raised::add);
    ArrayNode events = node.putArray("ev");
    for (Run.Event event : taken.shown().events()) {
      writeEvent(event, events.addObject());
    }
  }

  private void writeEvent(Run.Event event, ObjectNode node) {
    excerpts.add(event.file(), event.line());
    node.put("f", event.function()).put("s", event.file()).put("l", event.line());
    node.put("o", event.operation());
    if (!event.result().isEmpty()) {
      node.put("v", event.result());
    }
    if (event.silent()) {
      node.put("q", 1);
    }
    if (event.choice()) {
      node.put("w", 1);
    }
    if (!event.changes().isEmpty()) {
      event.changes().forEach(node.putArray("c")::add);
    }
    new Explanation(event).lines().forEach(node.putArray("e")::add);
  }

  /** Where else a process stands. */
  public void writeWaiting(Position at, ArrayNode array) {
    for (Run.Waiting waiting : at.waiting()) {
      excerpts.add(waiting.file(), waiting.line());
      array
          .addObject()
          .put("who", waiting.process())
          .put("f", waiting.function())
          .put("s", waiting.file())
          .put("l", waiting.line())
          .put("what", waiting.what());
    }
  }

  /** The lines of the model that were named since, by file. */
  public void writeSource(ObjectNode node) {
    excerpts.writeTo(node);
  }
}
