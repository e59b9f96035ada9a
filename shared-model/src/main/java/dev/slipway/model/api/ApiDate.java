package dev.slipway.model.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Dates as the API writes them: {@code Mon, 13 Oct 2014 11:01:43 +0000}, in UTC always. */
public final class ApiDate {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss '+0000'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ApiDate() {}

  public static @Nullable String of(@Nullable Instant instant) {
    return instant == null ? null : FORM.format(instant);
  }
}
