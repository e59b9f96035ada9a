package dev.slipway.command;

import static dev.slipway.command.OneCommandService.SERVICES;
import static dev.slipway.command.OneCommandService.action;
import static dev.slipway.command.OneCommandService.created;
import static dev.slipway.command.OneCommandService.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Thousands of broken requests to every path that takes writes: each is answered by a JSON error or
 * taken, and none breaks the server. {@code -Dfuzz.seed=…} repeats a run, {@code -Dfuzz.requests=…}
 * makes it longer.
 */
@ExtendWith(OneCommandService.class)
class FuzzOverHttpTest {

  private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 2_500);
  private static final List<String> NEVER_TOLD =
      List.of("Exception", "\tat ", "dev.slipway", "java.", "springframework", "jackson", "axon");

  /** As it goes over the wire, so that it may be as wrong as it likes. */
  private record Request(String method, String path, List<String> headers, byte[] body) {

    byte[] bytes() {
      var head =
          "%s %s HTTP/1.0\r\nHost: localhost\r\nAuthorization: Basic YWRtaW46a2V5\r\n%sContent-Length: %d\r\n\r\n"
              .formatted(
                  method,
                  path,
                  headers.stream().map(line -> line + "\r\n").collect(Collectors.joining()),
                  body.length)
              .getBytes(StandardCharsets.ISO_8859_1);
      var all = Arrays.copyOf(head, head.length + body.length);
      System.arraycopy(body, 0, all, head.length, body.length);
      return all;
    }

    @Override
    public String toString() {
      var text = new String(body, StandardCharsets.UTF_8);
      return "%s %s %s %s"
          .formatted(method, path, headers, text.substring(0, Math.min(500, text.length())));
    }
  }

  private record Answer(int status, String body) {

    static Answer of(byte[] bytes) {
      var text = new String(bytes, StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      assertThat(end).as("an answer is whole: %s", text).isPositive();
      return new Answer(Integer.parseInt(text.split(" ", 3)[1]), text.substring(end + 4));
    }
  }

  @Test
  void noRequestBreaksTheServer() throws Exception {
    System.out.println("fuzz.seed=" + SEED);
    var requests = new Requests(SEED).make(REQUESTS);
    var statuses = new ConcurrentSkipListMap<Integer, Integer>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      var checks =
          requests.stream()
              .<Callable<Void>>map(
                  request ->
                      () -> {
                        statuses.merge(check(request), 1, Integer::sum);
                        return null;
                      })
              .toList();
      var failures = new ArrayList<Throwable>();
      for (var check : threads.invokeAll(checks)) {
        if (check.state() == Future.State.FAILED) {
          failures.add(check.exceptionNow());
        }
      }
      assertThat(failures.stream().limit(8)).as("%d failed", failures.size()).isEmpty();
    }
    System.out.println("fuzz answers: " + statuses);
    assertThat(statuses.keySet()).contains(200, 201, 400, 404, 405, 409, 415);
    var uri = created("{\"image\":\"demo/hello\"}").path("resource_uri").asString();
    assertThat(send("PATCH", uri, "{\"memory\":64}").statusCode()).isEqualTo(200);
    assertThat(send("POST", uri + "stop/", "").statusCode()).isEqualTo(409);
  }

  private static int check(Request request) throws IOException {
    var answer = answer(request);
    var told = "seed %d: %s -> %s".formatted(SEED, request, answer);
    assertThat(answer.status())
        .as(told)
        .satisfiesAnyOf(
            status -> assertThat(status).isBetween(200, 299),
            status -> assertThat(status).isBetween(400, 499),
            status ->
                assertThat(request.path()).as("no accounts without a log").contains("account"));
    if (answer.status() >= 400 && !request.method().equals("HEAD")) {
      assertThat(error(answer.body())).as(told).isNotBlank();
      assertThat(answer.body()).as(told).doesNotContain(NEVER_TOLD);
    }
    return answer.status();
  }

  private static String error(String body) {
    try {
      return JsonMapper.shared().readTree(body).path("error").asString("");
    } catch (JacksonException notJson) {
      return "";
    }
  }

  private static Answer answer(Request request) throws IOException {
    var uri = OneCommandService.uri("/");
    try (var socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.bytes());
      return Answer.of(socket.getInputStream().readAllBytes());
    } catch (SocketTimeoutException silent) {
      throw new AssertionError("seed %d: no answer to %s".formatted(SEED, request), silent);
    }
  }

  /** Makes requests up from what there is. */
  private static final class Requests {

    private static final Target CREATE = new Target("POST", "/api/app/v1/service");
    private static final Target UPDATE = new Target("PATCH", "/api/app/v1/service/{uuid}");
    private static final List<String> METHODS = List.of("POST", "PATCH", "DELETE");
    private static final List<String> ODD_METHODS =
        List.of("PUT", "FOO", "post", "HEAD", "PROPFIND");
    private static final List<String> ODD_PARTS =
        List.of(
            "x",
            "%00",
            "%zz",
            "%ff",
            "..",
            "%2e%2e",
            "a;b=c",
            "%2f",
            "web",
            "-1",
            "null",
            "'",
            "80ff1635-2d56-478d-a97f-9b59c720e513",
            "%F0%9F%92%A9",
            "x".repeat(3_000));
    private static final List<String> TYPES =
        List.of(
            "application/json",
            "application/x-www-form-urlencoded",
            "text/xml",
            "",
            "/",
            "json",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            "a/b;;;=");
    private static final List<String> PARAMETERS =
        List.of("dry_run", "reuse_volumes", "version", "user", "x", "%zz", "dry_run%00");
    private static final List<String> VALUES =
        List.of(
            "true",
            "False",
            "",
            "0",
            "1",
            "-1",
            "99999999999999999999",
            "%",
            "%zz",
            "%ff",
            "%00",
            "a&b",
            "null",
            "[]",
            "1.5",
            "x".repeat(3_000));
    private static final List<String> JUNK =
        List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "-1e-400",
            "1.5",
            "99999999999999999999999",
            "2147483648",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\u001b[31m\"",
            "\"/\"",
            "\"..\"",
            "\"a:b\"",
            "\"\uD83D\uDCA9\"",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"a\":null}",
            "[[[[[[[[1]]]]]]]]",
            "\"NaN\"",
            "\"1e3\"",
            "\"0x10\"",
            "\" 5 \"",
            "[true]",
            "[1.5]",
            "{\"\":\"\"}",
            "{\"a\":{\"b\":[1]}}",
            "\"true\"",
            "NaN",
            "'x'",
            "01",
            "+1",
            "\"\\x\"");
    private static final List<String> ATTRIBUTES =
        Stream.concat(
                dev.slipway.model.attribute.Attributes.all().stream().map(one -> one.name()),
                Stream.of("image_name", "reuse_volumes", "label", "role", "user", "services"))
            .toList();
    private static final List<String> LISTED =
        List.of(
            "[{\"protocol\":%s,\"inner_port\":%s,\"outer_port\":%s,\"published\":%s}]",
            "[{\"key\":%s,\"value\":%s}]",
            "[{\"to_service\":%s,\"name\":%s,\"from_service\":%s}]",
            "[{\"host_path\":%s,\"container_path\":%s,\"rewritable\":%s,\"volumes_from\":%s}]",
            "[{\"name\":%s}]",
            "[%s,%s]",
            "{\"a\":%s,\"b\":%s}");

    /** So many services that requests which delete do not end them all before others came. */
    private static final int FUZZED = 20;

    private final Random random;
    private final List<Target> targets;
    private final List<String> uuids;

    Requests(long seed) {
      this.random = new Random(seed);
      this.targets = targets();
      this.uuids = IntStream.range(0, FUZZED).boxed().flatMap(_ -> fuzzed()).toList();
    }

    /** The uuids of a new service, twice, and of two of its actions. */
    private static Stream<String> fuzzed() {
      var answer = send("POST", SERVICES, "{\"image\":\"demo/hello\",\"name\":\"fuzzed\"}");
      var service = OneCommandService.json(answer).path("uuid").asString();
      var refused = action(send("POST", SERVICES + service + "/stop/", ""));
      return Stream.of(service, service, action(answer).split("/")[5], refused.split("/")[5]);
    }

    /** Something that takes writes. */
    private record Target(String method, String path) {}

    private static List<Target> targets() {
      var targets =
          OneCommandService.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
              .getHandlerMethods()
              .keySet()
              .stream()
              .flatMap(
                  mapping ->
                      mapping.getMethodsCondition().getMethods().stream()
                          .filter(method -> method != RequestMethod.GET)
                          .flatMap(
                              method ->
                                  mapping.getPatternValues().stream()
                                      .map(path -> new Target(method.name(), path))))
              .filter(target -> target.path().startsWith("/api/"))
              .sorted(Comparator.comparing(Target::toString))
              .toList();
      assertThat(targets).contains(CREATE, UPDATE);
      return targets;
    }

    List<Request> make(int many) {
      return IntStream.range(0, many).mapToObj(_ -> request()).toList();
    }

    private Request request() {
      var target = chance(50) ? one(List.of(CREATE, UPDATE)) : one(targets);
      var method = chance(90) ? target.method() : chance(50) ? one(METHODS) : one(ODD_METHODS);
      return new Request(method, path(target.path()) + query(), headers(), body());
    }

    private String path(String pattern) {
      var path = pattern;
      while (path.contains("{")) {
        var part = chance(75) ? one(uuids) : one(ODD_PARTS);
        path = path.replaceFirst("\\{[^}]*}", Matcher.quoteReplacement(part));
      }
      if (chance(10)) {
        path += "/" + one(ODD_PARTS);
      }
      if (chance(5)) {
        path = path.replaceFirst("/v1/", "/v1/" + Matcher.quoteReplacement(one(ODD_PARTS)) + "/");
      }
      return chance(50) ? path + "/" : path;
    }

    private String query() {
      if (chance(60)) {
        return "";
      }
      return IntStream.rangeClosed(0, random.nextInt(3))
          .mapToObj(_ -> one(PARAMETERS) + (chance(90) ? "=" + one(VALUES) : ""))
          .collect(Collectors.joining("&", "?", ""));
    }

    private List<String> headers() {
      var headers = new ArrayList<String>();
      if (chance(50)) {
        headers.add("Content-Type: " + (chance(70) ? TYPES.getFirst() : one(TYPES)));
      }
      if (chance(5)) {
        headers.add(
            "X-Change-Reason: " + one(List.of("", "why", "\u00e4\u00ff", "x".repeat(1001))));
      }
      if (chance(5)) {
        headers.add("Idempotency-Key: " + one(List.of("", "key", "\u00e4", "x".repeat(300))));
      }
      if (chance(5)) {
        headers.add("Prefer: " + one(List.of("respond-async", "", "\u00ff")));
      }
      if (chance(3)) {
        headers.add("Accept: " + one(List.of("text/html", "x", "", "image/*;q=z")));
      }
      return headers;
    }

    private byte[] body() {
      if (chance(10)) {
        return new byte[0];
      }
      var text =
          switch (random.nextInt(20)) {
            case 0 -> one(JUNK);
            case 1 -> "[".repeat(50_000);
            case 2 -> "{\"a\":".repeat(600) + "1" + "}".repeat(600);
            case 3 ->
                "{\"image\":\"a\",\"labels\":" + "{\"a\":".repeat(400) + "1" + "}".repeat(401);
            case 4 -> "{\"image\":\"" + "a".repeat(100_000) + "\"}";
            case 5 -> "{\"image\":\"a\",\"memory\":" + "9".repeat(2_000) + "}";
            default -> object();
          };
      var bytes = text.getBytes(StandardCharsets.UTF_8);
      if (chance(8)) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      }
      if (chance(8) && bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      return bytes;
    }

    private String object() {
      var fields = new ArrayList<String>();
      if (chance(80)) {
        fields.add("\"image\":\"demo/hello\"");
      }
      for (int i = random.nextInt(4); i > 0; i--) {
        fields.add("\"%s\":%s".formatted(one(ATTRIBUTES), value()));
      }
      if (chance(30)) {
        fields.add("\"memory\":" + random.nextInt(4, 100));
      }
      if (chance(10) && !fields.isEmpty()) {
        fields.add(fields.getLast());
      }
      return "{" + String.join(",", fields) + "}";
    }

    private String value() {
      if (chance(60)) {
        return one(JUNK);
      }
      var shape = one(LISTED);
      return shape.formatted(inner(), inner(), inner(), inner());
    }

    private String inner() {
      return chance(70)
          ? one(JUNK)
          : one(List.of("\"tcp\"", "80", "\"a\"", "\"fuzzed\"", "\"/a\""));
    }

    private boolean chance(int percent) {
      return random.nextInt(100) < percent;
    }

    private <T> T one(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }
  }
}
