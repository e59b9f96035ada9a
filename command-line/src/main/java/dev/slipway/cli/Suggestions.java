package dev.slipway.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that were probably meant. */
public final class Suggestions {

  private static final int MOST = 3;

  private Suggestions() {}

  /** Such as {@code . Did you mean 'web'?}; empty if nothing is close. */
  public static String question(String given, Collection<String> known) {
    var close = close(given, known);
    if (close.isEmpty()) {
      return "";
    }
    return ". Did you mean '%s'?".formatted(String.join("' or '", close));
  }

  public static List<String> close(String given, Collection<String> known) {
    int most = Math.max(1, given.length() / 3);
    return known.stream()
        .distinct()
        .filter(name -> isClose(given, name, most))
        .sorted(
            Comparator.comparingInt((String name) -> distance(given, name))
                .thenComparing(name -> name))
        .limit(MOST)
        .toList();
  }

  private static boolean isClose(String given, String name, int most) {
    return distance(lower(given), lower(name)) <= most
        || given.length() >= 3 && lower(name).startsWith(lower(given));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Insertions, deletions, replacements and swaps of neighbours. */
  static int distance(String a, String b) {
    int[][] costs = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        costs[i][j] = i == 0 ? j : j == 0 ? i : cost(costs, a, b, i, j);
      }
    }
    return costs[a.length()][b.length()];
  }

  private static int cost(int[][] costs, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least =
        Math.min(
            Math.min(costs[i - 1][j], costs[i][j - 1]) + 1, costs[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, costs[i - 2][j - 2] + 1) : least;
  }
}
