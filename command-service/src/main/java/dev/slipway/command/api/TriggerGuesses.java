package dev.slipway.command.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.slipway.http.ApiFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpStatus;

/** Counts calls of triggers that do not exist, by address, and makes who calls too many wait. */
final class TriggerGuesses {

  private static final int MOST = 20;
  private static final int MOST_ADDRESSES = 100_000;
  private static final Duration WITHIN = Duration.ofMinutes(1);

  private final Cache<String, AtomicInteger> failed;

  TriggerGuesses(InstantSource clock) {
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    failed =
        Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterWrite(WITHIN)
            .ticker(ticker)
            .build();
  }

  /**
   * @throws ApiFailure 429 if the address has called too many
   */
  void check(HttpServletRequest request) {
    var count = failed.getIfPresent(request.getRemoteAddr());
    if (count != null && count.get() >= MOST) {
      throw new ApiFailure(
          HttpStatus.TOO_MANY_REQUESTS,
          "too many calls of triggers that do not exist; try again in a minute");
    }
  }

  void failed(HttpServletRequest request) {
    failed.get(request.getRemoteAddr(), _ -> new AtomicInteger()).incrementAndGet();
  }
}
