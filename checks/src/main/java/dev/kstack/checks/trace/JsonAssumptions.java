package dev.kstack.checks.trace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import dev.kstack.model.kernel.KernelLoad;
import dev.kstack.model.kernel.SchedulerModel;
import java.util.function.Function;

/**
 * What is assumed, as fields of a JSON object: {@code "hardware":"manuals"}, and {@code
 * "scheduler":"full"} and {@code "kernel":"locks"} where they are not at their defaults.
 */
public final class JsonAssumptions {
  static final String HARDWARE = "hardware";
  static final String SCHEDULER = "scheduler";
  static final String KERNEL = "kernel";

  private JsonAssumptions() {}

  /** Adds the fields. */
  public static void put(ObjectNode node, Assumptions assumptions) {
    node.put(HARDWARE, assumptions.hardware().label());
    if (!assumptions.scheduler().equals(SchedulerModel.SIMPLE)) {
      node.put(SCHEDULER, assumptions.scheduler().label());
    }
    if (!assumptions.kernel().equals(KernelLoad.BARE)) {
      node.put(KERNEL, assumptions.kernel().label());
    }
  }

  /**
   * Reads the fields.
   *
   * @throws TraceFormatException if one has a value that means nothing
   */
  static Assumptions read(JsonNode node) throws TraceFormatException {
    if (!node.has(HARDWARE)) {
      throw new TraceFormatException("hardware is missing");
    }
    return new Assumptions(
        field(node, HARDWARE, Assumptions::parseHardware, Hardware.MANUALS),
        field(node, SCHEDULER, Assumptions::parseScheduler, SchedulerModel.SIMPLE),
        field(node, KERNEL, Assumptions::parseKernel, KernelLoad.BARE));
  }

  private static <T> T field(JsonNode node, String name, Function<String, T> parse, T otherwise)
      throws TraceFormatException {
    JsonNode field = node.get(name);
    if (field == null) {
      return otherwise;
    }
    if (!field.isTextual()) {
      throw new TraceFormatException("%s is not a string: %s".formatted(name, field));
    }
    try {
      return parse.apply(field.textValue());
    } catch (IllegalArgumentException e) {
      throw new TraceFormatException("%s: %s".formatted(name, e.getMessage()));
    }
  }
}
