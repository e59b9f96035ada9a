package dev.slipway.model.policy;

import dev.slipway.model.InvalidInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a policy says to a danger; each is stricter than those before it. */
public enum Rule {
  ALLOW,
  /** Taken, and the answer and the log say so. */
  WARN,
  DENY;

  public boolean isLooserThan(Rule other) {
    return compareTo(other) < 0;
  }

  /** As the API writes it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidInput naming the field and the rules there are, if the value is none of them
   */
  public static Rule of(String field, @Nullable Object value) {
    return Arrays.stream(values())
        .filter(rule -> rule.text().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInput(
                    field,
                    "must be one of "
                        + Arrays.stream(values())
                            .map(Rule::text)
                            .collect(Collectors.joining(", "))));
  }
}
