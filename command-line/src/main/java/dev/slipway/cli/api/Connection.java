package dev.slipway.cli.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Which Slipway is asked, and as whom.
 *
 * @param context the name under which it is kept, for messages
 * @param url without a slash at its end
 * @param namespace null for the user's own
 */
public record Connection(
    String context, String url, String user, String key, @Nullable String namespace) {

  public String authorization() {
    var login = (user + ":" + key).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(login);
  }

  public Connection in(@Nullable String other) {
    return other == null ? this : new Connection(context, url, user, key, other);
  }

  /** The form in which previews and errors show it. */
  public String place() {
    return "Context %s, namespace %s".formatted(context, namespace == null ? user : namespace);
  }

  /** The path of a kind of resources, such as {@code app/v1} and {@code service}. */
  public String path(String api, String kind) {
    return "/api/%s/%s%s/".formatted(api, namespace == null ? "" : namespace + "/", kind);
  }
}
