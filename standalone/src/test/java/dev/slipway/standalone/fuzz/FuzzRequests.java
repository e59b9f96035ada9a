package dev.slipway.standalone.fuzz;

import static dev.slipway.standalone.fuzz.WrongParts.HEADERS;
import static dev.slipway.standalone.fuzz.WrongParts.METHODS;
import static dev.slipway.standalone.fuzz.WrongParts.PARTS;
import static dev.slipway.standalone.fuzz.WrongParts.PATHS;
import static dev.slipway.standalone.fuzz.WrongParts.TEXTS;

import dev.slipway.standalone.fuzz.ApiDescription.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes requests from an API's description, most of them wrong in some way. */
final class FuzzRequests {

  private final ApiDescription api;
  private final List<Operation> operations;
  private final Dice dice;
  private final FuzzBodies bodies;
  private final List<String> uuids = new ArrayList<>();
  private final String login;

  FuzzRequests(ApiDescription api, long seed, String user, String key) {
    this.api = api;
    this.operations = api.operations();
    this.dice = new Dice(seed);
    this.bodies = new FuzzBodies(api, dice, uuids);
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
    if (dice.chance(4)) {
      return request(null, "GET", dice.one(PATHS), headers(), new byte[0]);
    }
    var operation = dice.one(operations);
    boolean known = !dice.chance(5);
    var method = known ? operation.method() : dice.one(METHODS);
    var target = path(operation.path()) + query(operation);
    return request(
        known ? operation : null, method, target, headers(), bodies.body(api.body(operation)));
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
                dice.chance(98) ? login : "X-None: x",
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
    if (dice.chance(3)) {
      path.append(dice.one(PARTS)).append('/');
    }
    return path.toString();
  }

  private String part() {
    return uuids.isEmpty() || dice.chance(20) ? dice.one(PARTS) : dice.one(uuids);
  }

  private String query(Operation operation) {
    if (dice.chance(1)) {
      return "?" + "a=1&".repeat(1_001);
    }
    if (dice.chance(2)) {
      return dice.one(
          List.of("?=x", "?&&", "?%", "?a=%zz", "?a=%00", "?a=%ED%A0%80", "?token=x", "?;"));
    }
    var parameters = new ArrayList<String>();
    for (var parameter : api.parameters(operation)) {
      if (parameter.path("in").asString().equals("query") && dice.chance(25)) {
        var name = parameter.path("name").asString();
        parameters.add(
            name + "=" + URLEncoder.encode(parameterValue(parameter), StandardCharsets.UTF_8));
        if (dice.chance(5)) {
          parameters.add(name + "=" + dice.one(PARTS));
        }
      }
    }
    if (dice.chance(5)) {
      parameters.add("unknown=" + dice.one(PARTS));
    }
    return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
  }

  private String parameterValue(JsonNode parameter) {
    var schema = api.followed(parameter.path("schema"));
    if (schema.has("enum") && dice.chance(50)) {
      return schema.path("enum").get(dice.below(schema.path("enum").size())).asString("");
    }
    return dice.chance(30) && !uuids.isEmpty()
        ? dice.one(uuids)
        : dice.chance(10) ? "x".repeat(6_000) : dice.one(TEXTS);
  }

  private List<String> headers() {
    var headers = new ArrayList<String>();
    while (dice.chance(20)) {
      headers.add(dice.one(HEADERS));
    }
    return headers;
  }
}
