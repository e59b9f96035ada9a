package dev.slipway.model;

/** What somebody sent breaks a rule: names the field, says the rule. Becomes a 400. */
public final class InvalidInput extends RuntimeException {

  private final String field;

  public InvalidInput(String field, String rule) {
    super(field + " " + rule);
    this.field = field;
  }

  /** The path of the field in what was sent, such as {@code container_ports[0].inner_port}. */
  public String field() {
    return field;
  }
}
