package dev.kstack.checks.html;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The lines of the model around the places that were named: what a page needs of the source. */
final class Excerpts {
  private static final int BEFORE = 9;
  private static final int AFTER = 6;

  private final ModelSources sources;
  private final Map<String, TreeSet<Integer>> wanted = new TreeMap<>();

  Excerpts(ModelSources sources) {
    this.sources = sources;
  }

  void add(String file, int line) {
    int last = sources.lines(file).size();
    TreeSet<Integer> lines = wanted.computeIfAbsent(file, f -> new TreeSet<>());
    for (int i = Math.max(1, line - BEFORE); i <= Math.min(last, line + AFTER); i++) {
      lines.add(i);
    }
  }

  /** By file: its {@code path}, and {@code lines} by number. */
  void writeTo(ObjectNode node) {
    wanted.forEach(
        (file, lines) -> {
          ImmutableList<String> text = sources.lines(file);
          ObjectNode entry = node.putObject(file).put("path", sources.path(file));
          ObjectNode numbered = entry.putObject("lines");
          lines.forEach(i -> numbered.put(Integer.toString(i), text.get(i - 1)));
        });
  }
}
