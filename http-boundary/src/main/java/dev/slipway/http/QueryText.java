package dev.slipway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import dev.slipway.model.Delimited;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The part of a URI behind the question mark. */
final class QueryText {

  private static final Set<String> LOGIN = Set.of("user", "token");

  /** Tomcat reads no more. */
  private static final int MAX_PARAMETERS = 1_000;

  private QueryText() {}

  /** The path as it was sent, with its query; a login in the query is left out. */
  static String pathWithQuery(HttpServletRequest request) {
    var query = request.getQueryString();
    if (query == null) {
      return request.getRequestURI();
    }
    var kept =
        parts(query).stream()
            .filter(part -> !LOGIN.contains(decoded(name(part), "user")))
            .collect(joining("&"));
    return kept.isEmpty() ? request.getRequestURI() : request.getRequestURI() + "?" + kept;
  }

  /** The rule that a query breaks, empty if it breaks none. */
  static Optional<String> ruleBrokenBy(@Nullable String query) {
    if (query == null) {
      return Optional.empty();
    }
    if (!Escapes.areWhole(query) || !isText(query)) {
      return Optional.of("the query must be UTF-8, with two hex digits after each %");
    }
    var parts = parts(query);
    if (parts.size() > MAX_PARAMETERS) {
      return Optional.of("the query must have at most %d parameters".formatted(MAX_PARAMETERS));
    }
    return parts.stream().anyMatch(part -> part.startsWith("="))
        ? Optional.of("the query must have a name before each '='")
        : Optional.empty();
  }

  private static boolean isText(String query) {
    var bytes = URLDecoder.decode(query, ISO_8859_1).getBytes(ISO_8859_1);
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException broken) {
      return false;
    }
  }

  static Map<String, List<String>> parameters(@Nullable String query) {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var part : query == null ? List.<String>of() : parts(query)) {
      var name = name(part);
      var value = part.substring(Math.min(part.length(), name.length() + 1));
      parameters
          .computeIfAbsent(decoded(name, name), _ -> new ArrayList<>())
          .add(decoded(value, value));
    }
    return parameters;
  }

  private static List<String> parts(String query) {
    return Delimited.split(query, '&').stream().filter(part -> !part.isEmpty()).toList();
  }

  private static String name(String part) {
    int equals = part.indexOf('=');
    return equals < 0 ? part : part.substring(0, equals);
  }

  private static String decoded(String text, String otherwise) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return otherwise;
    }
  }
}
