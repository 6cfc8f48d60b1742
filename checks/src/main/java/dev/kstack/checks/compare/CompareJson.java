package dev.kstack.checks.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kstack.checks.least.Answer;
import dev.kstack.checks.report.Finding;
import dev.kstack.checks.report.JsonSizes;
import dev.kstack.checks.report.RunReport;
import dev.kstack.checks.trace.JsonAssumptions;
import dev.kstack.model.design.Defect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The comparison for programs. Its form is stable: a change that breaks readers changes the schema.
 */
public final class CompareJson {
  public static final String SCHEMA = "kstack-compare/1";

  private final ObjectMapper mapper = new ObjectMapper();

  /** All designs. */
  public String of(List<Compared> designs) {
    ObjectNode report = mapper.createObjectNode();
    report.put("schema", SCHEMA);
    ArrayNode array = report.putArray("designs");
    designs.forEach(design -> array.add(design(design)));
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode design(Compared design) {
    Defect defect = design.subject().defect();
    ObjectNode node = mapper.createObjectNode();
    node.put("design", design.subject().design().name());
    node.put("defect", defect == null ? null : defect.hazard());
    ArrayNode runs = node.putArray("runs");
    design.runs().forEach(run -> runs.add(run(run)));
    node.set("measures", measures(design.measures()));
    return node;
  }

  private ObjectNode run(RunReport run) {
    ObjectNode node = mapper.createObjectNode();
    JsonAssumptions.put(node, run.job().assumptions());
    node.set("config", JsonSizes.of(mapper, run.job().sizes()));
    node.put("complete", run.result().complete());
    node.put("states", run.result().states());
    ArrayNode properties = node.putArray("properties");
    for (Finding finding : run.findings()) {
      properties
          .addObject()
          .put("name", finding.property().name())
          .put("verdict", finding.verdict().label())
          .put("steps", finding.run() == null ? null : finding.run().steps().size());
    }
    return node;
  }

  private ObjectNode measures(Measures m) {
    ObjectNode node = mapper.createObjectNode();
    node.set("config", JsonSizes.of(mapper, m.sizes()));
    node.put("leastAsleep", m.leastAsleep());
    node.put("mostAsleep", m.mostAsleep());
    node.put("mostHeld", m.mostHeld());
    node.put("keptForEver", m.keptForEver());
    Answer frames = m.frames();
    node.put("leastFrames", frames == null ? null : frames.value());
    node.put("leastFramesAnswer", answer(frames));
    ObjectNode held = node.putObject("trappedWithFramesForAll");
    put(held, "locks", m.locks());
    put(held, "rcu", m.rcu());
    put(held, "reclaim", m.inHand());
    node.set("switch", count(m.switches()));
    node.set("addedToSwitch", count(m.addedToSwitch()));
    node.set("entry", count(m.entries()));
    node.set("exit", count(m.exits()));
    return node;
  }

  private static void put(ObjectNode node, String load, Trapped trapped) {
    node.putObject(load).put("decided", trapped.decided()).put("steps", trapped.steps());
  }

  private static String answer(@Nullable Answer answer) {
    return answer == null
        ? "not-claimed"
        : answer.undecided() ? "undecided" : answer.value() == null ? "none" : "found";
  }

  private @Nullable ObjectNode count(OperationCount count) {
    return count.happened()
        ? mapper
            .createObjectNode()
            .put("least", count.least())
            .put("most", count.most())
            .put("leastLocked", count.leastLocked())
            .put("mostLocked", count.mostLocked())
        : null;
  }
}
