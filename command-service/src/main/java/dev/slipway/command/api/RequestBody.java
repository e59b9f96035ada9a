package dev.slipway.command.api;

import dev.slipway.http.ApiFailure;
import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The JSON object that a client sends. No body is an empty object; the type of the content may be
 * missing, or be what curl sends by default.
 */
public final class RequestBody {

  private static final int LARGEST = 1024 * 1024;
  private static final Set<String> TYPES =
      Set.of(
          "application/json",
          "text/json",
          "text/plain",
          "application/x-www-form-urlencoded",
          "application/octet-stream");

  private final Map<String, @Nullable Object> json;

  private RequestBody(Map<String, @Nullable Object> json) {
    this.json = json;
  }

  /**
   * @throws ApiFailure with 413, 415 or 400 if it is too large, of another type or no JSON object
   */
  public static RequestBody read(HttpServletRequest request) {
    var bytes = bytes(request, LARGEST);
    if (bytes.length == 0) {
      return new RequestBody(Map.of());
    }
    checkType(request.getContentType());
    return new RequestBody(parse(bytes));
  }

  /**
   * Whatever was sent, of any type, as text.
   *
   * @throws ApiFailure with 413 or 400 if it is larger, or broken off
   */
  static String text(HttpServletRequest request, int largest) {
    return new String(bytes(request, largest), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(HttpServletRequest request, int largest) {
    try {
      var bytes = request.getInputStream().readNBytes(largest + 1);
      if (bytes.length > largest) {
        throw new ApiFailure(
            HttpStatus.CONTENT_TOO_LARGE, "the body must have at most " + largest + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8).isBlank() ? new byte[0] : bytes;
    } catch (IOException broken) {
      throw new ApiFailure(HttpStatus.BAD_REQUEST, "the body ended before it was complete");
    }
  }

  private static void checkType(@Nullable String contentType) {
    if (contentType == null) {
      return;
    }
    var type = Delimited.before(contentType, ';').strip().toLowerCase(Locale.ROOT);
    if (!TYPES.contains(type) && !type.endsWith("+json")) {
      throw new ApiFailure(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "the body must be JSON, not " + type);
    }
  }

  @SuppressWarnings("unchecked") // the parser gives maps with text keys only
  private static Map<String, @Nullable Object> parse(byte[] bytes) {
    if (JsonDocument.parse(bytes) instanceof Map<?, ?> object) {
      return (Map<String, @Nullable Object>) object;
    }
    throw new ApiFailure(HttpStatus.BAD_REQUEST, "the body must be a JSON object");
  }

  /**
   * @throws InvalidInput if a text, a list or an object in it is too large
   */
  public Map<String, @Nullable Object> json() {
    JsonDocument.checkLimits(json);
    return json;
  }

  /** One sentence for each of its fields that has no effect. */
  public List<String> unknown(UnknownKeys known) {
    return known.lines(json.keySet());
  }

  /** As an action keeps it. */
  public String recorded() {
    return recorded(Set.of());
  }

  /**
   * @param ofServices the fields that a service of a stack may have, besides attributes
   */
  public String recorded(Set<String> ofServices) {
    return RecordedBody.of(json, ofServices);
  }
}
