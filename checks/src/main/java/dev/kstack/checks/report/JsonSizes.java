package dev.kstack.checks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kstack.model.kernel.Sizes;

/** The sizes of a machine, as every report for programs has them. */
public final class JsonSizes {
  private JsonSizes() {}

  /** An object with a number for each size. */
  public static ObjectNode of(ObjectMapper mapper, Sizes sizes) {
    return mapper
        .createObjectNode()
        .put("cpus", sizes.cpus())
        .put("threads", sizes.threads())
        .put("pages", sizes.pages())
        .put("frames", sizes.frames())
        .put("reserve", sizes.reserve())
        .put("speculation", sizes.speculation());
  }
}
