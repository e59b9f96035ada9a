package dev.slipway.command.api;

import java.util.ArrayList;
import java.util.List;
import org.springframework.http.ResponseEntity.HeadersBuilder;

/** Warnings of a request, within what fits into the headers of an answer. */
public final class Warnings {

  private static final String HEADER = "Slipway-Warning";
  private static final int MAX_WARNINGS = 20;
  private static final int MAX_DANGERS = 8;
  private static final int MAX_CHARACTERS = 200;

  private Warnings() {}

  /** The first of them, each cut to a length, and how many more there are. */
  public static List<String> bounded(List<String> warnings) {
    return bounded(warnings, MAX_WARNINGS);
  }

  private static List<String> bounded(List<String> warnings, int most) {
    var bounded = new ArrayList<String>();
    for (var warning : warnings) {
      if (bounded.size() == most) {
        bounded.add("%d more warnings".formatted(warnings.size() - most));
        break;
      }
      bounded.add(
          warning.length() <= MAX_CHARACTERS
              ? warning
              : warning.substring(0, MAX_CHARACTERS) + "...");
    }
    return bounded;
  }

  /**
   * Writes both as headers.
   *
   * @param dangers come first
   * @param ofBody as they are kept with the action, within bounds already
   */
  public static void write(HeadersBuilder<?> answer, List<String> dangers, List<String> ofBody) {
    bounded(dangers, MAX_DANGERS).forEach(warning -> answer.header(HEADER, warning));
    write(answer, ofBody);
  }

  /** Writes warnings as headers that are within bounds already. */
  public static void write(HeadersBuilder<?> answer, List<String> bounded) {
    bounded.forEach(warning -> answer.header(HEADER, warning));
  }
}
