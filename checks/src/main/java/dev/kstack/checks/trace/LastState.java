package dev.kstack.checks.trace;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words of a state that are not at rest, by what they belong to: {@code A}, {@code rq[C0]},
 * {@code pool}.
 *
 * @param words the words with their values
 * @param all those at rest, too?
 */
public record LastState(Map<String, String> words, boolean all) {
  /** As values show that say nothing: off, nobody, empty. */
  private static final Set<String> AT_REST = Set.of("", "0", "{}", "idle", "none");

  /** Those that are not at rest, as text, a line for each owner. */
  public static ImmutableList<String> lines(Map<String, String> words) {
    return new LastState(words, false).lines();
  }

  /** As text, a line for each owner. */
  public ImmutableList<String> lines() {
    Map<String, List<String>> owners = new LinkedHashMap<>();
    words.forEach(
        (name, value) -> {
          if (all || !AT_REST.contains(value) || name.contains(".pte[")) {
            int dot = name.indexOf('.');
            owners
                .computeIfAbsent(dot < 0 ? "" : name.substring(0, dot), o -> new ArrayList<>())
                .add(name.substring(dot + 1) + "=" + value);
          }
        });
    return owners.entrySet().stream()
        .map(e -> e.getKey() + ": " + e.getValue().stream().collect(joining(" ")))
        .collect(ImmutableList.toImmutableList());
  }
}
