package dev.slipway.query.stream;

import com.google.re2j.Pattern;
import dev.slipway.http.ApiFailure;
import dev.slipway.model.InvalidInput;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The parameters that several streams have. */
public final class StreamRequest {

  private static final int LONGEST_MOMENT = 64;
  private static final Pattern SECONDS = Pattern.compile("\\d{1,11}(\\.\\d{1,9})?");

  /** In which shape a stream is wanted. */
  public enum Shape {
    WEBSOCKET,
    TEXT,
    SERVER_SENT_EVENTS
  }

  private final HttpServletRequest request;

  public StreamRequest(HttpServletRequest request) {
    this.request = request;
  }

  /**
   * @throws ApiFailure 400 if it is a plain request that does not say in which shape
   */
  public Shape shape() {
    if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      return Shape.WEBSOCKET;
    }
    var format = text("format");
    return switch (format == null ? "" : format) {
      case "text" -> Shape.TEXT;
      case "sse" -> Shape.SERVER_SENT_EVENTS;
      default ->
          throw new ApiFailure(
              HttpStatus.BAD_REQUEST,
              "this is a websocket; format=text or format=sse gives it as plain HTTP instead");
    };
  }

  /** What a parameter says, null if nothing. */
  public @Nullable String text(String name) {
    var text = request.getParameter(name);
    return text == null || text.isBlank() ? null : text;
  }

  /** All that a parameter says, which may be given several times. */
  public List<String> all(String name) {
    var values = request.getParameterValues(name);
    return values == null ? List.of() : List.of(values);
  }

  /** The position that a reader of server-sent events has come to, null if it is new. */
  public @Nullable String lastEventId() {
    var id = request.getHeader("Last-Event-ID");
    return id == null || id.isBlank() ? null : id.strip();
  }

  /**
   * @throws InvalidInput if it is no number in these bounds
   */
  public @Nullable Integer number(String name, int least) {
    var text = text(name);
    if (text == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // said below
    }
    throw new InvalidInput(name, "must be a number from " + least);
  }

  /**
   * @throws InvalidInput if it is neither true nor false
   */
  public boolean flag(String name, boolean byDefault) {
    var text = text(name);
    if (text == null) {
      return byDefault;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw new InvalidInput(name, "must be true or false");
    };
  }

  /**
   * @throws InvalidInput if it is no moment
   */
  public @Nullable Instant moment(String name) {
    var text = text(name);
    return text == null ? null : moment(name, text);
  }

  /** Seconds since 1970, or a date and time; a plus that came as a blank is taken for one. */
  public static Instant moment(String name, String text) {
    try {
      if (text.length() <= LONGEST_MOMENT && SECONDS.matches(text)) {
        int point = text.indexOf('.');
        var seconds =
            Instant.ofEpochSecond(Long.parseLong(point < 0 ? text : text.substring(0, point)));
        return point < 0 ? seconds : seconds.plusNanos(nanos(text.substring(point + 1)));
      }
      return OffsetDateTime.parse(text.strip().replace(' ', '+')).toInstant();
    } catch (DateTimeParseException noDate) {
      throw new InvalidInput(
          name, "must be a date and time as RFC 3339 has it, or seconds since 1970");
    }
  }

  private static long nanos(String fraction) {
    return Long.parseLong((fraction + "000000000").substring(0, 9));
  }
}
