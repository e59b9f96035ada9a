package dev.slipway.model.quota;

import dev.slipway.model.InvalidInput;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something that a namespace may have so much of. */
public enum Quota {
  SERVICES("services"),
  CONTAINERS_PER_SERVICE("containers in one service"),
  CONTAINERS("containers"),
  STACKS("stacks"),
  TRIGGERS("triggers"),
  API_KEYS("API keys of one user"),
  STORED_BYTES("bytes in the log"),
  WRITES_PER_SECOND("writes a second");

  private static final long MAX_LIMIT = 1_000_000_000_000_000L;

  private final String what;

  Quota(String what) {
    this.what = what;
  }

  /** As the API writes it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it counts, for messages. */
  public String what() {
    return what;
  }

  /** The quota of that name, null if there is none. */
  public static @Nullable Quota named(String text) {
    return Arrays.stream(values()).filter(one -> one.text().equals(text)).findFirst().orElse(null);
  }

  /**
   * A limit as a client sends it.
   *
   * @throws InvalidInput if it is no whole number from 0
   */
  public long limit(@Nullable Object json) {
    if ((json instanceof Integer || json instanceof Long)
        && json instanceof Number number
        && number.longValue() >= 0
        && number.longValue() <= MAX_LIMIT) {
      return number.longValue();
    }
    throw new InvalidInput(text(), "must be a whole number from 0 to %d".formatted(MAX_LIMIT));
  }
}
