package dev.slipway.query.paging;

import dev.slipway.model.InvalidInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A moment as clients write it in a filter, with a plus that became a space put back; without an
 * offset it is in UTC.
 */
public final class FilterDate {

  private static final DateTimeFormatter AS_IN_ANSWERS =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant(),
          text -> OffsetDateTime.parse(text, AS_IN_ANSWERS).toInstant());

  private FilterDate() {}

  /**
   * @throws InvalidInput if it is no date
   */
  public static long millis(String field, String text) {
    return instant(field, text).toEpochMilli();
  }

  /**
   * @throws InvalidInput if it is no date
   */
  public static Instant instant(String field, String text) {
    var asSent = List.of(text, text.replace(' ', 'T'), text.replace(' ', '+'));
    return asSent.stream()
        .flatMap(one -> FORMS.stream().map(form -> read(form, one)))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new InvalidInput(field, "must be a date such as 2016-04-03T12:00:00Z"));
  }

  private static Optional<Instant> read(Function<String, Instant> form, String text) {
    try {
      return Optional.of(form.apply(text));
    } catch (DateTimeException otherForm) {
      return Optional.empty();
    }
  }
}
