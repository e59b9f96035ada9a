package dev.slipway.model;

/** What somebody sent breaks a rule: names the field, says the rule. Becomes a 400. */
public final class InvalidInput extends RuntimeException {

  /** Longer names and rules are cut: both may repeat what was sent. */
  private static final int MAX_CHARACTERS = 1_000;

  private final String field;

  public InvalidInput(String field, String rule) {
    super(cut(field) + " " + cut(rule));
    this.field = cut(field);
  }

  private static String cut(String text) {
    if (text.length() <= MAX_CHARACTERS) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1)) ? 1 : 0;
    return text.substring(0, MAX_CHARACTERS - end) + "...";
  }

  /** The path of the field in what was sent, such as {@code container_ports[0].inner_port}. */
  public String field() {
    return field;
  }
}
