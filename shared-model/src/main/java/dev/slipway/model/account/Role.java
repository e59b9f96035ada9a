package dev.slipway.model.account;

import dev.slipway.model.InvalidInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may do in a namespace; each may do what those before it may. */
public enum Role {
  /** Reads and follows streams. */
  READER,
  /** Also changes services, containers and what else runs, and cancels or retries actions. */
  OPERATOR,
  /** Also changes nodes, accounts and policies. */
  ADMIN;

  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** The lower of both. */
  public Role atMost(Role limit) {
    return compareTo(limit) <= 0 ? this : limit;
  }

  /** As the API writes it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidInput naming the field and the roles there are, if the text is none of them
   */
  public static Role of(String field, String text) {
    return Arrays.stream(values())
        .filter(role -> role.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInput(
                    field,
                    "must be one of "
                        + Arrays.stream(values())
                            .map(Role::text)
                            .collect(Collectors.joining(", "))));
  }
}
