package dev.slipway.model.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The time during which one publisher sends the log to Kafka. Terms are numbered; the random part
 * tells apart two terms that have the same number because an older backup was restored in between.
 */
public record LogTerm(int number, String random) {

  /** The text form: number and random part with a dot between. */
  @JsonValue
  public String text() {
    return number + "." + random;
  }

  /**
   * @throws IllegalArgumentException if the text is no term
   */
  @JsonCreator
  public static LogTerm of(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("'%s' is no term of a log".formatted(text));
    }
    return new LogTerm(Integer.parseInt(text.substring(0, dot)), text.substring(dot + 1));
  }

  @Override
  public String toString() {
    return text();
  }
}
