package dev.slipway.standalone.fuzz;

import dev.slipway.standalone.fuzz.ApiDescription.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes requests from an API's description, most of them wrong in some way. */
final class FuzzRequests {

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "x",
          "web",
          "demo/hello",
          "a:b",
          "/",
          "..",
          "/x",
          "-",
          "a b",
          "true",
          "null",
          "0",
          "-1",
          "1e3",
          "0x10",
          "99999999999999999999",
          "\uD83D\uDCA9",
          "ä",
          "$HOME",
          "%s%n",
          "'",
          "\\\"",
          "\\\\",
          "\\n",
          "\\u0000",
          "\\ud800",
          "\\udc00x",
          "\\u001b[31m",
          "<script>");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1",
          "1.5",
          "1e400",
          "-1e-400",
          "2147483647",
          "2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "1" + "0".repeat(400),
          "[]",
          "{}",
          "[null]",
          "[[]]",
          "[{}]",
          "{\"a\":null}",
          "{\"\":\"\"}",
          "NaN",
          "'x'",
          "01",
          "+1",
          "\"\\x\"",
          "[1,",
          "\"");
  private static final List<String> PARTS =
      List.of(
          "x",
          "%00",
          "%zz",
          "%ff",
          "%",
          "..",
          "%2e%2e",
          "a;b=c",
          "%2f",
          "-1",
          "null",
          "'",
          "%20",
          "%F0%9F%92%A9",
          "%ED%A0%80",
          "80ff1635-2d56-478d-a97f-9b59c720e513",
          "admin",
          "+");
  private static final List<String> HEADERS =
      List.of(
          "Content-Type: text/xml",
          "Content-Type: ",
          "Content-Type: /",
          "Content-Type: a/b;;;=",
          "Content-Type: multipart/form-data",
          "Content-Type: multipart/form-data; boundary=",
          "Content-Type: multipart/mixed; boundary=x",
          "Content-Type: application/json; charset=?",
          "Content-Type: application/json; charset=utf-16",
          "Content-Type: application/x-www-form-urlencoded",
          "Content-Type: application/json",
          "Origin: http://a b",
          "Origin: x",
          "Origin: http://[",
          "Origin: null",
          "Origin: http://localhost",
          "Accept: text/html",
          "Accept: x",
          "Accept: */*;q=x",
          "Accept-Encoding: gzip;q=y",
          "Accept-Language: x-;",
          "If-None-Match: \"",
          "If-Match: *",
          "If-Modified-Since: never",
          "Range: bytes=9-1",
          "Range: bytes=a",
          "Expect: x",
          "Prefer: respond-async",
          "Idempotency-Key: ",
          "Idempotency-Key: k",
          "X-Change-Reason: \u00e4\u0080",
          "X-Forwarded-For: x",
          "X-HTTP-Method-Override: DELETE",
          "Forwarded: for=\"",
          "Cookie: =;;=",
          "Upgrade: websocket",
          "Upgrade: h2c",
          "Connection: Upgrade",
          "Sec-WebSocket-Key: x",
          "Sec-WebSocket-Version: 1",
          "Last-Event-ID: x",
          "Transfer-Encoding: x",
          "Transfer-Encoding: chunked",
          "X: a\r\n b",
          "NoColon",
          ": x",
          "X : y",
          "Authorization: Basic !!!",
          "Authorization: x",
          "Access-Control-Request-Method: GET");
  private static final List<String> METHODS =
      List.of(
          "PUT", "FOO", "post", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "PATCH", "DELETE", "G T");
  private static final List<String> PATHS =
      List.of(
          "/error",
          "/error/",
          "/",
          "//",
          "/api",
          "/api/",
          "*",
          "http://x/api/app/v1/service/",
          "/actuator",
          "/actuator/health",
          "/v3/api-docs/x",
          "/swagger-ui/../x",
          "/internal/applied",
          "/internal/applied?x",
          "/internal/applied?service=x:y&wait=z",
          "/api/app/v1/service/%",
          "/api/app/v2/service/",
          "/auth/x",
          "/" + "a".repeat(9_000),
          "/" + "a/".repeat(3_000),
          "/\u0001");

  private final ApiDescription api;
  private final List<Operation> operations;
  private final Random random;
  private final List<String> uuids = new ArrayList<>();
  private final String login;

  FuzzRequests(ApiDescription api, long seed, String user, String key) {
    this.api = api;
    this.operations = api.operations();
    this.random = new Random(seed);
    this.login =
        "Authorization: Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + key).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A request.
   *
   * @param operation the one that it is of, null if it is of none
   */
  record Request(@Nullable Operation operation, boolean stream, byte[] bytes) {

    @Override
    public String toString() {
      var text = new String(bytes, StandardCharsets.UTF_8).replace("\r\n", "⏎");
      return text.substring(0, Math.min(1_500, text.length()));
    }
  }

  /** Uuids of what there is, to be put into later requests. */
  void know(Collection<String> more) {
    uuids.addAll(more);
  }

  Request next() {
    if (chance(4)) {
      return request(null, "GET", one(PATHS), headers(), new byte[0]);
    }
    var operation = one(operations);
    boolean known = !chance(5);
    var method = known ? operation.method() : one(METHODS);
    var target = path(operation.path()) + query(operation);
    return request(known ? operation : null, method, target, headers(), body(operation));
  }

  private Request request(
      @Nullable Operation operation,
      String method,
      String target,
      List<String> headers,
      byte[] body) {
    var head =
        "%s %s HTTP/1.0\r\nHost: localhost\r\n%s\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(
                method,
                target,
                chance(98) ? login : "X-None: x",
                headers.stream().map(line -> line + "\r\n").collect(Collectors.joining()),
                body.length)
            .getBytes(StandardCharsets.ISO_8859_1);
    var all = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    boolean stream =
        target.contains("/logs") || target.contains("/events") || target.contains("/exec");
    return new Request(operation, stream, all);
  }

  private String path(String pattern) {
    var path = new StringBuilder();
    int from = 0;
    for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', from)) {
      path.append(pattern, from, open).append(part());
      from = pattern.indexOf('}', open) + 1;
    }
    path.append(pattern.substring(from));
    if (chance(3)) {
      path.append(one(PARTS)).append('/');
    }
    return path.toString();
  }

  private String part() {
    return uuids.isEmpty() || chance(20) ? one(PARTS) : one(uuids);
  }

  private String query(Operation operation) {
    if (chance(1)) {
      return "?" + "a=1&".repeat(1_001);
    }
    if (chance(2)) {
      return one(List.of("?=x", "?&&", "?%", "?a=%zz", "?a=%00", "?a=%ED%A0%80", "?token=x", "?;"));
    }
    var parameters = new ArrayList<String>();
    for (var parameter : api.parameters(operation)) {
      if (parameter.path("in").asString().equals("query") && chance(25)) {
        var name = parameter.path("name").asString();
        parameters.add(
            name + "=" + URLEncoder.encode(parameterValue(parameter), StandardCharsets.UTF_8));
        if (chance(5)) {
          parameters.add(name + "=" + one(PARTS));
        }
      }
    }
    if (chance(5)) {
      parameters.add("unknown=" + one(PARTS));
    }
    return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
  }

  private String parameterValue(JsonNode parameter) {
    var schema = api.followed(parameter.path("schema"));
    if (schema.has("enum") && chance(50)) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size())).asString("");
    }
    return chance(30) && !uuids.isEmpty()
        ? one(uuids)
        : chance(10) ? "x".repeat(6_000) : one(TEXTS);
  }

  private List<String> headers() {
    var headers = new ArrayList<String>();
    while (chance(20)) {
      headers.add(one(HEADERS));
    }
    return headers;
  }

  private byte[] body(Operation operation) {
    var schema = api.body(operation);
    if (schema == null && chance(80)) {
      return new byte[0];
    }
    var text = schema == null || chance(5) ? one(VALUES) : value(schema, 0);
    return switch (random.nextInt(60)) {
      case 0 -> utf8(text + text);
      case 1 -> utf8("[".repeat(20_000));
      case 2 -> utf8("{\"a\":".repeat(20_000));
      case 3 ->
          utf8("{\"image\":\"" + one(List.of("/", "a", " ", "-", "\\\\")).repeat(300_000) + "\"}");
      case 4 -> text.getBytes(StandardCharsets.UTF_16);
      case 5 -> invalidUtf8(text);
      case 6 -> utf8(text.replaceFirst("\\{", "{\"name\":1,\"name\":2,"));
      case 7 -> new byte[1_100_000];
      case 8 -> utf8(text.substring(0, text.length() / 2));
      default -> utf8(text);
    };
  }

  private static byte[] invalidUtf8(String text) {
    var bytes = utf8(text);
    if (bytes.length > 0) {
      bytes[bytes.length / 2] = (byte) 0xC3;
    }
    return bytes;
  }

  /** A value of the schema, or another one. */
  private String value(JsonNode given, int depth) {
    var schema = api.followed(given);
    if (chance(8) || depth > 6) {
      return one(VALUES);
    }
    for (var choice : List.of("oneOf", "anyOf", "allOf")) {
      if (schema.has(choice)) {
        return value(
            schema.path(choice).get(random.nextInt(schema.path(choice).size())), depth + 1);
      }
    }
    if (schema.has("enum")) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size())).toString();
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer", "number" -> chance(60) ? number(schema) : one(VALUES);
      case "boolean" -> chance(50) ? "true" : "false";
      case "null" -> "null";
      default -> text();
    };
  }

  private String type(JsonNode schema) {
    var type = schema.path("type");
    return type.isArray() ? type.get(random.nextInt(type.size())).asString("") : type.asString("");
  }

  private String object(JsonNode schema, int depth) {
    var fields = new ArrayList<String>();
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              if (chance(isRequired(schema, field.getKey()) ? 95 : 12)) {
                fields.add(
                    "\"%s\":%s"
                        .formatted(field.getKey(), field(field.getKey(), field.getValue(), depth)));
              }
            });
    if (schema.has("additionalProperties") || chance(10)) {
      fields.add("\"" + one(TEXTS) + "\":" + text());
    }
    return "{" + String.join(",", fields) + "}";
  }

  /** What services are made of, so that many are. */
  private String field(String name, JsonNode schema, int depth) {
    return name.equals("image") && chance(80) ? "\"demo/hello\"" : value(schema, depth + 1);
  }

  private static boolean isRequired(JsonNode schema, String field) {
    for (var required : schema.path("required")) {
      if (required.asString("").equals(field)) {
        return true;
      }
    }
    return false;
  }

  private String array(JsonNode schema, int depth) {
    int size = chance(2) ? 1_001 : random.nextInt(4);
    var values = new ArrayList<String>();
    for (int i = 0; i < size; i++) {
      values.add(size > 100 ? "1" : value(schema.path("items"), depth + 1));
    }
    return "[" + String.join(",", values) + "]";
  }

  private String number(JsonNode schema) {
    int least = schema.path("minimum").asInt(0);
    return Integer.toString(least + random.nextInt(3));
  }

  private String text() {
    return "\"" + (chance(15) && !uuids.isEmpty() ? one(uuids) : one(TEXTS)) + "\"";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }
}
