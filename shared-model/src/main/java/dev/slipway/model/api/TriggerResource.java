package dev.slipway.model.api;

import dev.slipway.model.service.Service;
import dev.slipway.model.service.Trigger;
import dev.slipway.model.service.TriggerId;
import java.util.LinkedHashMap;
import java.util.Map;

/** A trigger of a service as the API shows it. */
public final class TriggerResource {

  private TriggerResource() {}

  public static Map<String, Object> render(Service service, Trigger trigger) {
    var uri = uri(service, trigger.id());
    var json = new LinkedHashMap<String, Object>();
    json.put("uuid", trigger.id().value());
    json.put("resource_uri", uri);
    json.put("name", trigger.name());
    json.put("operation", trigger.effect().name());
    json.put("url", uri + "call/");
    return json;
  }

  /** What is left to show of one that the service had. */
  public static Map<String, Object> renderDeleted(Service service, TriggerId trigger) {
    var json = new LinkedHashMap<String, Object>();
    json.put("uuid", trigger.value());
    json.put("resource_uri", uri(service, trigger));
    return json;
  }

  private static String uri(Service service, TriggerId trigger) {
    return ResourceUri.of(service.namespace(), service.id()) + "trigger/" + trigger + "/";
  }
}
