package dev.slipway.model.api;

import dev.slipway.model.service.Service;
import dev.slipway.model.service.Trigger;
import java.util.LinkedHashMap;
import java.util.Map;

/** A trigger of a service as the API shows it. */
public final class TriggerResource {

  private TriggerResource() {}

  public static Map<String, Object> render(Service service, Trigger trigger) {
    var uri = uri(service, trigger);
    var json = new LinkedHashMap<String, Object>();
    json.put("uuid", trigger.id().value());
    json.put("resource_uri", uri);
    json.put("name", trigger.name());
    json.put("operation", trigger.effect().name());
    json.put("url", uri + "call/");
    return json;
  }

  /** The path of the trigger. */
  public static String uri(Service service, Trigger trigger) {
    return ResourceUri.of(service.namespace(), service.id()) + "trigger/" + trigger.id() + "/";
  }
}
