package dev.slipway.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of a URI behind the question mark. */
final class QueryText {

  private static final Set<String> LOGIN = Set.of("user", "token");

  private static final Pattern BROKEN = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private QueryText() {}

  /** The path as it was sent, with its query; a login in the query is left out. */
  static String pathWithQuery(HttpServletRequest request) {
    var query = request.getQueryString();
    if (query == null) {
      return request.getRequestURI();
    }
    var kept =
        Arrays.stream(query.split("&"))
            .filter(part -> !part.isEmpty())
            .filter(part -> !LOGIN.contains(decoded(name(part), "user")))
            .collect(joining("&"));
    return kept.isEmpty() ? request.getRequestURI() : request.getRequestURI() + "?" + kept;
  }

  /** Whether something is escaped in it that nobody can read. */
  static boolean isBroken(@Nullable String query) {
    return query != null && (BROKEN.matcher(query).find() || !isText(query));
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
    if (query != null) {
      for (var part : query.split("&")) {
        if (!part.isEmpty()) {
          var name = name(part);
          var value = part.substring(Math.min(part.length(), name.length() + 1));
          parameters
              .computeIfAbsent(decoded(name, name), _ -> new ArrayList<>())
              .add(decoded(value, value));
        }
      }
    }
    return parameters;
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
