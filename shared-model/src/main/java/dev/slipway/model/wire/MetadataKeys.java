package dev.slipway.model.wire;

/** The names of what goes with an event in its metadata; each is a record header in Kafka too. */
public final class MetadataKeys {

  /** The uuid of the action that led to it. */
  public static final String ACTION = "action";

  /** Who asked: a user's name, or what part of Slipway it was, such as {@code node-agent}. */
  public static final String USER = "user";

  public static final String IP = "ip";
  public static final String USER_AGENT = "user-agent";

  /** Why, in the words of who asked. */
  public static final String REASON = "reason";

  /** The message that the chain of causes began with, and the one directly before. */
  public static final String CORRELATION = "correlation-id";

  public static final String CAUSATION = "causation-id";

  private MetadataKeys() {}
}
