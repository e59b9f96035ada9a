package dev.slipway.model.action;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.model.Namespace;
import java.util.List;

/**
 * The request that an action records.
 *
 * @param name what is done to what, such as {@code Service Start}
 * @param object the resource URI of what it is done to
 * @param body as it came, secrets left out
 * @param warnings of what in it has no effect, or may be meant otherwise
 */
public record ActionRequest(
    Namespace namespace,
    String name,
    String object,
    String method,
    String path,
    String body,
    Origin origin,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> warnings) {

  public ActionRequest {
    warnings = List.copyOf(warnings);
  }

  public ActionRequest with(List<String> more) {
    return new ActionRequest(namespace, name, object, method, path, body, origin, more);
  }

  /** A request that nothing is to be said of. */
  public ActionRequest(
      Namespace namespace,
      String name,
      String object,
      String method,
      String path,
      String body,
      Origin origin) {
    this(namespace, name, object, method, path, body, origin, List.of());
  }
}
