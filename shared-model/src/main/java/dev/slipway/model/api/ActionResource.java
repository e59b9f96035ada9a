package dev.slipway.model.api;

import com.google.re2j.Pattern;
import dev.slipway.model.action.Action;
import dev.slipway.model.action.ActionState;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An action as the API shows it. */
public final class ActionResource {

  /** Where the old service put the place that an address was in; nobody looks that up here. */
  private static final String LOCATION = "unknown";

  private static final String HIDDEN = "\"***\"";
  private static final Pattern WORKED_ON = Pattern.compile(".*/(service|container)/[^/]+/");
  private static final Pattern RETRIED = Pattern.compile("/+(api/+)?app/+v1/.*");

  private ActionResource() {}

  /** As lists have it. */
  public static Map<String, @Nullable Object> render(Action view) {
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
    json.put("can_be_canceled", canBeCanceled(view));
    json.put("can_be_retried", canBeRetried(view));
    return json;
  }

  /** With all that is known of it. */
  public static Map<String, @Nullable Object> renderWhole(Action view) {
    var json = render(view);
    json.put("body", view.request().body());
    json.put("is_user_action", isOfUser(view));
    return json;
  }

  /** Whether there may be work on containers that can be given up. */
  public static boolean canBeCanceled(Action view) {
    return isWrite(view)
        && (view.state() == ActionState.PENDING || view.state() == ActionState.IN_PROGRESS)
        && WORKED_ON.matcher(view.request().object()).matches();
  }

  /** Whether it has ended, and all that was asked for is known. */
  public static boolean canBeRetried(Action view) {
    return isWrite(view)
        && view.state().isOver()
        && RETRIED.matcher(view.request().path()).matches()
        && !hidesSecrets(view);
  }

  /** A command that somebody ran in a container is no request that could be made again. */
  private static boolean isWrite(Action view) {
    return !view.request().method().equals("GET");
  }

  /** Whether a value was left out of the body that is kept. */
  public static boolean hidesSecrets(Action view) {
    return view.request().body().contains(HIDDEN);
  }

  /** What Slipway does by itself has no request behind it. */
  private static boolean isOfUser(Action view) {
    return !view.request().method().isEmpty();
  }
}
