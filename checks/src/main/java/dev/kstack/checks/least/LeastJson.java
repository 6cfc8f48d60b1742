package dev.kstack.checks.least;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kstack.checks.report.JsonSizes;
import dev.kstack.checks.trace.JsonAssumptions;
import dev.kstack.model.design.Defect;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers for programs. Its form is stable: a change that breaks readers changes the schema. */
public final class LeastJson {
  public static final String SCHEMA = "kstack-least/1";

  private final ObjectMapper mapper = new ObjectMapper();

  /**
   * All answers.
   *
   * @param trace the file of the trace of the single answer; null if there is none
   */
  public String of(List<Answer> answers, @Nullable Path trace) {
    ObjectNode report = mapper.createObjectNode();
    report.put("schema", SCHEMA);
    ArrayNode array = report.putArray("answers");
    for (Answer answer : answers) {
      array.add(answer(answer, trace));
    }
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode answer(Answer answer, @Nullable Path trace) {
    Question question = answer.question();
    Defect defect = question.subject().defect();
    ObjectNode node = mapper.createObjectNode();
    node.put("quantity", question.quantity().toString());
    node.put("design", question.subject().design().name());
    node.put("defect", defect == null ? null : defect.hazard());
    JsonAssumptions.put(node, question.assumptions());
    node.put("property", question.property().name());
    node.put("from", answer.range().from());
    node.put("to", answer.range().to());
    node.put(
        "answer", answer.undecided() ? "undecided" : answer.value() == null ? "none" : "found");
    node.put("value", answer.value());
    ArrayNode searched = node.putArray("searched");
    for (Attempt attempt : answer.attempts()) {
      searched.add(attempt(attempt, attempt.equals(answer.breaking()) ? trace : null));
    }
    return node;
  }

  private ObjectNode attempt(Attempt attempt, @Nullable Path trace) {
    ObjectNode node = mapper.createObjectNode();
    node.put("value", attempt.value());
    node.set("config", JsonSizes.of(mapper, attempt.job().sizes()));
    node.put("verdict", attempt.verdict().label());
    node.put("complete", attempt.result().complete());
    node.put("states", attempt.result().states());
    node.put("transitions", attempt.result().transitions());
    node.put("depth", attempt.result().depth());
    node.put("seconds", Math.round(attempt.result().seconds() * 1000) / 1000.0);
    if (attempt.run() == null) {
      node.putNull("trace");
    } else {
      node.putObject("trace")
          .put("length", attempt.run().steps().size())
          .put("file", trace == null ? null : trace.toString());
    }
    return node;
  }
}
