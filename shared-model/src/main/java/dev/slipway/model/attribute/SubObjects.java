package dev.slipway.model.attribute;

import static dev.slipway.model.attribute.JsonType.Presence.NULLABLE;
import static dev.slipway.model.attribute.JsonType.Presence.OPTIONAL;
import static dev.slipway.model.attribute.JsonType.Presence.REQUIRED;
import static dev.slipway.model.attribute.Kinds.isSet;
import static dev.slipway.model.attribute.Kinds.kind;
import static dev.slipway.model.attribute.Kinds.object;
import static dev.slipway.model.attribute.Kinds.present;

import com.google.re2j.Pattern;
import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Secret;
import dev.slipway.model.Uuids;
import dev.slipway.model.attribute.Kinds.Source;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.PortSpec.Protocol;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attributes that are objects themselves: ports, variables, links, bindings, tags. */
final class SubObjects {

  private static final Kind<Protocol> PROTOCOL = Kinds.oneOf(Protocol.class, Protocol::text);
  private static final Kind<Integer> PORT = Kinds.number(1, 65_535);
  private static final Kind<Boolean> FLAG = Kinds.flag();
  private static final Kind<String> TEXT = Kinds.text();
  private static final Kind<String> VARIABLE =
      Kinds.text(Pattern.compile("[^=\\s\\x0B]+"), "must have no '=' and no white space");
  private static final Kind<String> LINK_NAME =
      Kinds.text(
          Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}"),
          "must be letters, digits, '_', '-' and '.', at most 63");
  private static final JsonType PORT_FIELDS =
      fields(
          "Port",
          field("protocol", PROTOCOL, REQUIRED),
          field("inner_port", PORT, REQUIRED),
          field("outer_port", PORT, NULLABLE),
          field("published", FLAG, OPTIONAL));
  private static final JsonType BINDING_FIELDS =
      fields(
          "Binding",
          field("host_path", TEXT, NULLABLE),
          field("container_path", TEXT, NULLABLE),
          field("rewritable", FLAG, OPTIONAL),
          field("volumes_from", TEXT, NULLABLE));

  private SubObjects() {}

  /** {@code outer_port} without {@code published} means published; 0 and "" mean not set. */
  static Kind<PortSpec> port() {
    return kind(
        PORT_FIELDS,
        (field, json, from) -> {
          var object = object(field, json);
          var protocol =
              from.read(PROTOCOL, field + ".protocol", required(field, object, "protocol", true));
          int inner =
              from.read(PORT, field + ".inner_port", required(field, object, "inner_port", false));
          var outerJson = object.get("outer_port");
          var outer =
              isSet(outerJson)
                  ? from.read(PORT, field + ".outer_port", present(field, outerJson))
                  : null;
          var published = object.get("published");
          return new PortSpec(
              protocol,
              inner,
              outer,
              published == null ? outer != null : from.read(FLAG, field + ".published", published));
        },
        port -> {
          var object = ordered("protocol", port.protocol().text(), "inner_port", port.innerPort());
          object.put("outer_port", port.outerPort());
          object.put("published", port.published());
          return object;
        });
  }

  static Kind<EnvironmentVariable> variable() {
    return kind(
        fields(
            "EnvironmentVariable",
            field("key", VARIABLE, REQUIRED),
            field("value", TEXT, REQUIRED)),
        (field, json, from) -> {
          var object = object(field, json);
          var key = from.read(VARIABLE, field + ".key", required(field, object, "key", false));
          var value = from.read(TEXT, field + ".value", required(field, object, "value", false));
          return new EnvironmentVariable(key, new Secret(value));
        },
        variable -> ordered("key", variable.key(), "value", variable.value().reveal()));
  }

  /** The target is a URI or a uuid here: names are resolved before. */
  static Kind<ServiceLink> link() {
    return kind(
        fields("Link", field("to_service", TEXT, REQUIRED), field("name", LINK_NAME, OPTIONAL)),
        (field, json, from) -> {
          var object = object(field, json);
          var target =
              service(field + ".to_service", required(field, object, "to_service", false), from);
          var name = object.get("name");
          if (name == null) {
            throw new InvalidInput(field + ".name", "is required");
          }
          return new ServiceLink(target, from.read(LINK_NAME, field + ".name", name));
        },
        link -> ordered("to_service", link.to().value(), "name", link.name()));
  }

  static Kind<Binding> binding() {
    return kind(
        BINDING_FIELDS,
        (field, json, from) -> {
          var object = object(field, json);
          var host = path(field + ".host_path", object.get("host_path"), from);
          var container = path(field + ".container_path", object.get("container_path"), from);
          var volumesFrom = object.get("volumes_from");
          var source =
              isSet(volumesFrom)
                  ? service(field + ".volumes_from", present(field, volumesFrom), from)
                  : null;
          if (from == Source.CLIENT && container == null && source == null) {
            throw new InvalidInput(field + ".container_path", "is required without volumes_from");
          }
          var rewritable = object.get("rewritable");
          return new Binding(
              host,
              container,
              rewritable == null || from.read(FLAG, field + ".rewritable", rewritable),
              source);
        },
        SubObjects::written);
  }

  private static Map<String, @Nullable Object> written(Binding binding) {
    var object =
        ordered("host_path", binding.hostPath(), "container_path", binding.containerPath());
    object.put("rewritable", binding.rewritable());
    object.put(
        "volumes_from", binding.volumesFrom() == null ? null : binding.volumesFrom().value());
    return object;
  }

  /** A service that has to be started before, as a uuid or a URI here. */
  static Kind<ServiceId> dependency() {
    return kind(TEXT.type(), SubObjects::service, ServiceId::value);
  }

  /** A bare name or an object with a name; always written as the object. */
  static Kind<String> tag() {
    return kind(
        fields("Tag", field("name", TEXT, REQUIRED)),
        (field, json, from) ->
            from.read(
                TEXT,
                field,
                json instanceof Map<?, ?>
                    ? required(field, object(field, json), "name", false)
                    : json),
        tag -> Map.of("name", tag));
  }

  /** Takes the uuid at the end of a URI of either form, or a bare one. */
  private static ServiceId service(String field, Object json, Source from) {
    var text = from.read(TEXT, field, json);
    if (from == Source.LOG) {
      return new ServiceId(text);
    }
    var uuid = Delimited.last(text, '/').toLowerCase(Locale.ROOT);
    if (!Uuids.isUuid(uuid)) {
      throw new InvalidInput(field, "must be the resource URI or the uuid of a service");
    }
    return new ServiceId(uuid);
  }

  private static JsonType fields(String name, JsonType.Field... fields) {
    return new JsonType.Fields(name, List.of(fields));
  }

  private static JsonType.Field field(String name, Kind<?> kind, JsonType.Presence presence) {
    return new JsonType.Field(name, kind.type(), presence);
  }

  private static Map<String, @Nullable Object> ordered(
      String first, @Nullable Object firstValue, String second, @Nullable Object secondValue) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    object.put(first, firstValue);
    object.put(second, secondValue);
    return object;
  }

  private static @Nullable String path(String field, @Nullable Object json, Source from) {
    if (!isSet(json)) {
      return null;
    }
    var path = from.read(TEXT, field, present(field, json));
    if (from == Source.CLIENT && (!path.startsWith("/") || path.contains(":"))) {
      throw new InvalidInput(field, "must be an absolute path without ':'");
    }
    return path;
  }

  private static Object required(
      String field, Map<String, @Nullable Object> object, String name, boolean lowerCase) {
    var value = object.get(name);
    if (value == null) {
      throw new InvalidInput(field + "." + name, "is required");
    }
    return lowerCase && value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
  }
}
