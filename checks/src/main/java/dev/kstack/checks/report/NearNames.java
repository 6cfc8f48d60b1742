package dev.kstack.checks.report;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The names that somebody may have meant who typed another: few edits away, or begun alike. */
final class NearNames {
  private static final int MOST = 3;

  private NearNames() {}

  /** The nearest first. */
  static ImmutableList<String> of(String typed, List<String> names) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, wanted.length() / 2);
    return names.stream()
        .filter(name -> near(wanted, name.toLowerCase(Locale.ROOT), limit))
        .sorted(Comparator.comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT))))
        .limit(MOST)
        .collect(ImmutableList.toImmutableList());
  }

  private static boolean near(String typed, String name, int limit) {
    return distance(typed, name) <= limit || typed.length() > 1 && name.startsWith(typed);
  }

  /** Levenshtein's: insertions, deletions and substitutions. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
