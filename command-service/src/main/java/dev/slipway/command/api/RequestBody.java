package dev.slipway.command.api;

import dev.slipway.http.ApiFailure;
import dev.slipway.model.wire.Wire;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

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
  private static final TypeReference<@Nullable Object> ANYTHING = new TypeReference<>() {};

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
    var type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (!TYPES.contains(type) && !type.endsWith("+json")) {
      throw new ApiFailure(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "the body must be JSON, not " + type);
    }
  }

  @SuppressWarnings("unchecked") // the parser gives maps with text keys only
  private static Map<String, @Nullable Object> parse(byte[] bytes) {
    try {
      if (Wire.MAPPER.readValue(bytes, ANYTHING) instanceof Map<?, ?> object) {
        return (Map<String, @Nullable Object>) object;
      }
    } catch (JacksonException notJson) {
      throw new ApiFailure(
          HttpStatus.BAD_REQUEST, "the body is no JSON: " + notJson.getOriginalMessage());
    }
    throw new ApiFailure(HttpStatus.BAD_REQUEST, "the body must be a JSON object");
  }

  public Map<String, @Nullable Object> json() {
    return json;
  }

  /** As text, with the values of environment variables left out. */
  public String withoutSecrets() {
    if (json.isEmpty()) {
      return "";
    }
    var shown = new LinkedHashMap<>(json);
    shown.computeIfPresent("container_envvars", (_, variables) -> withoutValues(variables));
    shown.computeIfPresent("services", (_, services) -> StackSecrets.hidden(services));
    return Wire.MAPPER.writeValueAsString(shown);
  }

  static Object withoutValues(Object variables) {
    if (!(variables instanceof List<?> list)) {
      return "***";
    }
    var shown = new ArrayList<@Nullable Object>();
    for (var variable : list) {
      if (variable instanceof Map<?, ?> map) {
        var copy = new LinkedHashMap<Object, @Nullable Object>(map);
        copy.replace("value", "***");
        shown.add(copy);
      } else {
        shown.add("***");
      }
    }
    return shown;
  }
}
