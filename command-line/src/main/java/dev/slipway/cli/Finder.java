package dev.slipway.cli;

import dev.slipway.cli.api.Api;
import dev.slipway.cli.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Finds a resource by its name, name.stack, uuid, the beginning of its uuid, or its address. */
public final class Finder {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern UUID_BEGINNING = Pattern.compile("[0-9a-f][0-9a-f-]{2,35}");

  private final Api api;
  private final String kind;
  private final String list;
  private final String nameKey;

  private Finder(Api api, String kind, String group, String nameKey) {
    this.api = api;
    this.kind = kind;
    this.list = api.connection().path(group, kind);
    this.nameKey = nameKey;
  }

  public static Finder services(Api api) {
    return new Finder(api, "service", "app/v1", "name");
  }

  public static Finder stacks(Api api) {
    return new Finder(api, "stack", "app/v1", "name");
  }

  public static Finder containers(Api api) {
    return new Finder(api, "container", "app/v1", "name");
  }

  public static Finder nodes(Api api) {
    return new Finder(api, "node", "infra/v1", "nickname");
  }

  public static Finder actions(Api api) {
    return new Finder(api, "action", "audit/v1", "uuid");
  }

  /** The path of a resource, with a slash at its end. A whole uuid is not looked up. */
  public String path(String given) {
    return path(given, false);
  }

  /**
   * The path of a resource, with a slash at its end.
   *
   * @param isChecked whether a whole uuid is looked up too
   */
  public String path(String given, boolean isChecked) {
    var uuid = Json.uuid(given).toLowerCase(Locale.ROOT);
    boolean whole = !isChecked && UUID.matcher(uuid).matches();
    return list + (whole ? uuid : Json.text(find(given), "uuid")) + "/";
  }

  /** The resource as its list shows it. */
  public JsonNode find(String given) {
    var uuid = Json.uuid(given).toLowerCase(Locale.ROOT);
    if (UUID.matcher(uuid).matches()) {
      return api.get(list + uuid + "/");
    }
    var found =
        nameKey.equals("uuid")
            ? List.<JsonNode>of()
            : alive(api.all(list + "?" + nameKey + "=" + Api.encode(given)));
    if (found.isEmpty() && given.contains(".") && kind.matches("service|container")) {
      found = inStack(given);
    }
    if (found.isEmpty() && UUID_BEGINNING.matcher(uuid).matches()) {
      found = api.all(list + "?uuid__startswith=" + uuid);
    }
    return switch (found.size()) {
      case 0 -> throw none(given);
      case 1 -> found.getFirst();
      default -> throw several(given, found);
    };
  }

  private List<JsonNode> inStack(String given) {
    int dot = given.lastIndexOf('.');
    return alive(
        api.all(
            "%s?name=%s&stack__name=%s"
                .formatted(
                    list,
                    Api.encode(given.substring(0, dot)),
                    Api.encode(given.substring(dot + 1)))));
  }

  /** Lists show for a while what is terminated; the living have precedence. */
  private static List<JsonNode> alive(List<JsonNode> found) {
    var alive =
        found.stream().filter(one -> !Json.text(one, "state").equals("Terminated")).toList();
    return alive.isEmpty() ? found : alive;
  }

  private Failure none(String given) {
    var names = new ArrayList<String>();
    if (!kind.equals("action")) {
      alive(api.all(list)).forEach(one -> names.add(Json.text(one, nameKey)));
    }
    var namespace = api.connection().namespace();
    return new Failure(
        Failure.NOT_FOUND,
        "no %s '%s' in namespace %s%s"
            .formatted(
                kind,
                given,
                namespace == null ? api.connection().user() : namespace,
                Suggestions.question(given, names)));
  }

  private Failure several(String given, List<JsonNode> found) {
    return Failure.usage(
        "%d %ss are called '%s'; name one by its uuid or as name.stack"
            .formatted(found.size(), kind, given),
        found.stream()
            .map(
                one ->
                    "%s  %s  %s"
                        .formatted(
                            Json.text(one, "uuid"),
                            Json.text(one, nameKey),
                            Json.text(one, "state")))
            .toArray(String[]::new));
  }
}
