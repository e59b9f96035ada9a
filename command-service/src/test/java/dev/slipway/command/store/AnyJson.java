package dev.slipway.command.store;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.JsonType;
import dev.slipway.model.attribute.JsonType.Presence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Draws JSON as clients send it: mostly what is accepted, in every form, and odd texts. */
public final class AnyJson {

  private static final String IMAGE_DIGEST = "0123456789abcdef".repeat(4);

  /** Values that the rules of a field allow. */
  private static final Map<String, List<Object>> LEGAL =
      Map.ofEntries(
          Map.entry(
              "image",
              List.of(
                  "demo/hello",
                  "rocketchat/rocket.chat",
                  "r.example:5000/a/b__c:1.0",
                  "x/" + "y.".repeat(60) + "z",
                  "a@sha256:" + IMAGE_DIGEST)),
          Map.entry("name", List.of("web", "a_b-1", "x".repeat(63))),
          Map.entry("mac_address", List.of("02:42:ac:11:65:43")),
          Map.entry("cpuset", List.of("0,1", "0-3")),
          Map.entry("run_command", List.of("sleep 1", "sh -c 'echo \\\\ \"$$A\"'", "a\\ b")),
          Map.entry("entrypoint", List.of("/bin/sh -c", List.of("a b", "'", "\\"))),
          Map.entry("inner_port", List.of(80, "8080", 65_535)),
          Map.entry("outer_port", List.of(8080, "9090")),
          Map.entry("container_path", List.of("/data", "/ä/b c")),
          Map.entry("host_path", List.of("/srv/data", "/srv/\\x")),
          Map.entry("key", List.of("A", "a.b", "ÄÖ", "\\")),
          Map.entry("working_dir", List.of("/", "/srv/a b")),
          Map.entry("hostname", List.of("web", "a-1")),
          Map.entry("dns", List.of("192.0.2.1", "2001:db8::1")),
          Map.entry("extra_hosts", List.of("db:192.0.2.1")),
          Map.entry("cap_add", List.of("NET_ADMIN", "sys_time")),
          Map.entry("cap_drop", List.of("ALL", "CHOWN")),
          Map.entry("stop_signal", List.of("SIGTERM", "9")),
          Map.entry("shm_size", List.of("64M", "67108864")),
          Map.entry("path", List.of("/healthz", "/ä?x=\\")),
          Map.entry("tags", List.of("ssd", Map.of("name", "eu-1"))),
          Map.entry("roles", List.of("global")),
          Map.entry("to_service", List.of("5e0c7d7e-0000-4000-8000-000000000001")));

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "1.10",
          "1e3",
          "true",
          "null",
          "ä ö ü",
          "\uD83D\uDE00",
          "\\",
          "\"",
          "\u0001\u001f",
          "\u2028",
          "\uFFFE",
          "$$NAME $A ${B}",
          "a=b:c,d;e",
          "\uD800",
          "x\u0000y",
          "rocket.chat");

  private static final List<String> REPEATED =
      List.of("\\", "\"", "\uD83D\uDE00", "\u0001", "a", "ä", "/");

  private final Random random;

  public AnyJson(Random random) {
    this.random = random;
  }

  public <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  public boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  public String text() {
    if (chance(20)) {
      int length = one(List.of(2, 60, 64, 255, 4_096, 60_000));
      return one(REPEATED).repeat(length);
    }
    return one(ODD) + (chance(50) ? one(ODD) : "");
  }

  /** A value for an attribute, under one of its names: mostly one that its rules allow. */
  public void put(Attribute<?> attribute, Map<String, @Nullable Object> body) {
    var name =
        attribute.aliases().isEmpty() || chance(80) ? attribute.name() : one(attribute.aliases());
    var value = value(attribute.name(), attribute.kind().type());
    for (int draws = 1; draws < 8 && !isAllowed(attribute, value); draws++) {
      value = value(attribute.name(), attribute.kind().type());
    }
    body.put(name, value);
  }

  private static boolean isAllowed(Attribute<?> attribute, @Nullable Object value) {
    try {
      return value != null && attribute.kind().read(attribute.name(), value) != null;
    } catch (InvalidInput refused) {
      return false;
    }
  }

  /**
   * @param field whose rules it shall mostly follow
   */
  public @Nullable Object value(String field, JsonType type) {
    if (chance(3)) {
      return chance(50) ? null : text();
    }
    return switch (type) {
      case JsonType.Text _ -> legal(field);
      case JsonType.Whole(var least, var most) -> whole(least, most);
      case JsonType.Flag _ -> one(List.<Object>of(true, false, "true", "False"));
      case JsonType.OneOf(var names) -> one(names);
      case JsonType.ListOf(var element) -> list(field, element);
      case JsonType.TextByName _ -> Map.of("k" + text().length(), text(), "l", legal("key"));
      case JsonType.Fields(_, var fields) -> object(fields);
    };
  }

  private Object legal(String field) {
    var legal = LEGAL.get(field);
    return legal == null || chance(8) ? text() : one(legal);
  }

  private Object whole(int least, int most) {
    int number = least + random.nextInt(Math.clamp((long) most - least + 1, 1, 600));
    return chance(80) ? number : Integer.toString(number);
  }

  private Object list(String field, JsonType element) {
    var values = new ArrayList<@Nullable Object>();
    int size = chance(5) ? 40 : random.nextInt(4);
    for (int i = 0; i < size; i++) {
      values.add(value(field, element));
    }
    return values;
  }

  private Object object(List<JsonType.Field> fields) {
    var object = new LinkedHashMap<String, @Nullable Object>();
    for (var field : fields) {
      if (field.presence() == Presence.REQUIRED || chance(60)) {
        object.put(field.name(), value(field.name(), field.type()));
      }
    }
    return object;
  }
}
