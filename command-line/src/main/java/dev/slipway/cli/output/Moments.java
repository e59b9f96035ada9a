package dev.slipway.cli.output;

import dev.slipway.cli.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Moments as the API writes them, as people read them, and as people type them. */
public final class Moments {

  private static final Pattern AGO = Pattern.compile("(\\d{1,9})(ms|s|m|h|d|w)");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Moments() {}

  /** A date of the API; null if it is none. */
  public static @Nullable Instant parse(String text) {
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Character.isDigit(text.charAt(0))
          ? OffsetDateTime.parse(text).toInstant()
          : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException noDate) {
      return null;
    }
  }

  /** Such as {@code 4m ago}; empty if the text is no date. */
  public static String ago(String text, Instant now) {
    var moment = parse(text);
    return moment == null ? "" : brief(Duration.between(moment, now)) + " ago";
  }

  /** Such as {@code 4m} or {@code 3d}. */
  public static String brief(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + "m";
    }
    return seconds < 2 * 86_400 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
  }

  /** The time of day, with the date if that is another one. */
  public static String local(String text, Instant now, ZoneId zone) {
    var moment = parse(text);
    if (moment == null) {
      return text;
    }
    var then = moment.atZone(zone);
    return then.toLocalDate().equals(now.atZone(zone).toLocalDate())
        ? TIME.format(then)
        : DATE.format(then);
  }

  /** A span such as {@code 10m} or {@code 1h}. */
  public static Duration span(String option, String text) {
    var match = AGO.matcher(text);
    if (!match.matches()) {
      throw Failure.usage(
          "%s must be a span such as 30s, 10m or 2h (got \"%s\")".formatted(option, text));
    }
    long number = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }

  /** Converts a moment as people type it to the form of the API; a span counts back from now. */
  public static String asked(String text, Instant now) {
    return AGO.matcher(text).matches() ? now.minus(span("", text)).toString() : text;
  }
}
