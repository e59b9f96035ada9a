package dev.slipway.model.api;

import dev.slipway.model.Secret;
import dev.slipway.model.service.EnvironmentVariable;
import java.util.LinkedHashMap;
import java.util.Map;

/** Variables as the API shows them to those who may see their values. */
public final class EnvironmentJson {

  private EnvironmentJson() {}

  public static Map<String, String> of(EnvironmentVariable variable) {
    var json = new LinkedHashMap<String, String>();
    json.put("key", variable.key());
    json.put("value", variable.value().reveal());
    return json;
  }

  public static Map<String, String> of(Environment.Calculated variable) {
    var json = of(new EnvironmentVariable(variable.key(), variable.value()));
    json.put("origin", variable.origin());
    return json;
  }

  /** By name. */
  public static Map<String, String> texts(Map<String, Secret> variables) {
    var json = new LinkedHashMap<String, String>();
    variables.forEach((name, value) -> json.put(name, value.reveal()));
    return json;
  }
}
