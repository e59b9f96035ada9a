package dev.slipway.model.attribute;

import static dev.slipway.model.attribute.JsonType.Presence.NULLABLE;
import static dev.slipway.model.attribute.JsonType.Presence.OPTIONAL;
import static dev.slipway.model.attribute.JsonType.Presence.REQUIRED;
import static dev.slipway.model.attribute.Kinds.object;

import com.google.re2j.Pattern;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Kinds.Source;
import dev.slipway.model.service.HealthCheck;
import dev.slipway.model.service.HealthCheck.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attribute {@code health_check}. */
final class HealthCheckKind {

  private static final Kind<Type> TYPE = Kinds.oneOf(Type.class, Type::text);
  private static final Kind<Integer> PORT = Kinds.number(1, 65_535);
  private static final Kind<String> PATH =
      Kinds.text(Pattern.compile("/[!-~]*"), "must begin with '/' and have no white space");
  private static final Kind<String> COMMAND = Kinds.text();
  private static final Kind<Integer> SECONDS = Kinds.number(1, 3_600);
  private static final Kind<Integer> RETRIES = Kinds.number(1, 1_000);

  private static final int INTERVAL = 2;
  private static final int TIMEOUT = 5;
  private static final int MOST_RETRIES = 15;

  private static final JsonType FIELDS =
      new JsonType.Fields(
          "HealthCheck",
          List.of(
              new JsonType.Field("type", TYPE.type(), REQUIRED),
              new JsonType.Field("port", PORT.type(), NULLABLE),
              new JsonType.Field("path", PATH.type(), NULLABLE),
              new JsonType.Field("command", COMMAND.type(), NULLABLE),
              new JsonType.Field("interval", SECONDS.type(), OPTIONAL),
              new JsonType.Field("timeout", SECONDS.type(), OPTIONAL),
              new JsonType.Field("retries", RETRIES.type(), OPTIONAL)));

  private HealthCheckKind() {}

  static Kind<HealthCheck> kind() {
    return Kinds.kind(
        FIELDS,
        (field, json, from) -> read(field, object(field, json), from),
        HealthCheckKind::write);
  }

  private static HealthCheck read(String field, Map<String, @Nullable Object> json, Source from) {
    var type = from.read(TYPE, field + ".type", required(field, json, "type"));
    return new HealthCheck(
        type,
        type == Type.COMMAND
            ? null
            : from.read(PORT, field + ".port", required(field, json, "port")),
        type == Type.HTTP ? or(from, PATH, field, json, "path", "/") : null,
        type == Type.COMMAND
            ? from.read(COMMAND, field + ".command", required(field, json, "command"))
            : null,
        or(from, SECONDS, field, json, "interval", INTERVAL),
        or(from, SECONDS, field, json, "timeout", TIMEOUT),
        or(from, RETRIES, field, json, "retries", MOST_RETRIES));
  }

  private static Map<String, @Nullable Object> write(HealthCheck check) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("type", check.type().text());
    json.put("port", check.port());
    json.put("path", check.path());
    json.put("command", check.command());
    json.put("interval", check.interval());
    json.put("timeout", check.timeout());
    json.put("retries", check.retries());
    return json;
  }

  private static <T> T or(
      Source from,
      Kind<T> kind,
      String field,
      Map<String, @Nullable Object> json,
      String name,
      T otherwise) {
    var value = json.get(name);
    return value == null ? otherwise : from.read(kind, field + "." + name, value);
  }

  private static Object required(String field, Map<String, @Nullable Object> json, String name) {
    var value = json.get(name);
    if (value == null) {
      throw new InvalidInput(field + "." + name, "is required");
    }
    return value;
  }
}
