package dev.slipway.query.openapi;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What operations answer: their results, and the errors that they share. */
final class Answers {

  static final String JSON = "application/json";

  /** Of every operation that takes a login. */
  static final List<Integer> READING = List.of(400, 401, 403, 404, 429, 503);

  /** Of every operation that also changes something. */
  static final List<Integer> WRITING = List.of(400, 401, 403, 404, 409, 412, 413, 415, 429, 503);

  private static final Map<Integer, String> ERRORS =
      Map.ofEntries(
          Map.entry(400, "Invalid"),
          Map.entry(401, "NotLoggedIn"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "NotFound"),
          Map.entry(405, "MethodNotAllowed"),
          Map.entry(409, "Conflict"),
          Map.entry(410, "Gone"),
          Map.entry(412, "Moved"),
          Map.entry(413, "TooLarge"),
          Map.entry(415, "UnsupportedType"),
          Map.entry(429, "TooManyAttempts"),
          Map.entry(503, "Unavailable"));

  private static final Map<String, String> HEADERS_OF_ERRORS =
      Map.of(
          "NotLoggedIn", "WWW-Authenticate",
          "MethodNotAllowed", "Allow",
          "TooManyAttempts", "Retry-After");

  private final Words words;

  Answers(Words words) {
    this.words = words;
  }

  /** Errors under the names that operations refer to them by. */
  Map<String, ApiResponse> errors() {
    var errors = new LinkedHashMap<String, ApiResponse>();
    ERRORS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(error -> errors.put(error.getValue(), error(error.getValue())));
    errors.put("AnyError", error("AnyError"));
    return errors;
  }

  private ApiResponse error(String name) {
    var error = new ApiResponse().description(words.of("error." + name));
    var header = HEADERS_OF_ERRORS.get(name);
    if (header != null) {
      error.addHeaderObject(header, header(header));
    }
    return error.content(content(JSON, Types.ref("Error")));
  }

  static ApiResponse ref(int status) {
    return new ApiResponse().$ref("#/components/responses/" + ERRORS.get(status));
  }

  /** Whatever else goes wrong. */
  static ApiResponse anyError() {
    return new ApiResponse().$ref("#/components/responses/AnyError");
  }

  Map<String, Header> headers() {
    var headers = new LinkedHashMap<String, Header>();
    headers.put("Action", header("X-DockerCloud-Action-URI"));
    headers.put("Version", header("ETag"));
    headers.put("Warning", header("Slipway-Warning"));
    headers.put("Location", header("Location"));
    headers.put("Behind", header("Slipway-Read-Model"));
    return headers;
  }

  private Header header(String name) {
    return new Header().schema(Types.text()).description(words.of("header." + name));
  }

  static Header headerRef(String name) {
    return new Header().$ref("#/components/headers/" + name);
  }

  static Content content(String type, Schema<?> schema) {
    return new Content().addMediaType(type, new MediaType().schema(schema));
  }
}
