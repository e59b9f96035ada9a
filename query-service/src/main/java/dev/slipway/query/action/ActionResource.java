package dev.slipway.query.action;

import dev.slipway.model.api.ApiDate;
import dev.slipway.model.api.ResourceUri;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An action as the API shows it. */
final class ActionResource {

  /** Where the old service put the place that an address was in; nobody looks that up here. */
  private static final String LOCATION = "unknown";

  private ActionResource() {}

  static Map<String, @Nullable Object> render(ActionView view) {
    var request = view.request();
    var origin = request.origin();
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("uuid", view.id().value());
    json.put("resource_uri", ResourceUri.of(view.id()));
    json.put("action", request.name());
    json.put("object", request.object());
    json.put("state", view.state().text());
    json.put("reason", view.reason());
    json.put("created", ApiDate.of(view.started()));
    json.put("start_date", ApiDate.of(view.started()));
    json.put("end_date", ApiDate.of(view.ended()));
    json.put("method", request.method());
    json.put("path", request.path());
    json.put("user", origin.user());
    json.put("user_agent", origin.userAgent());
    json.put("ip", origin.ip());
    json.put("location", LOCATION);
    json.put("change_reason", origin.reason());
    json.put("can_be_canceled", view.canBeCanceled());
    json.put("can_be_retried", view.canBeRetried());
    return json;
  }

  static Map<String, @Nullable Object> renderWhole(ActionView view) {
    var json = render(view);
    json.put("body", view.request().body());
    json.put("is_user_action", view.isOfUser());
    return json;
  }
}
