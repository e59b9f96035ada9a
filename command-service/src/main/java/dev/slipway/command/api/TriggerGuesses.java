package dev.slipway.command.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.slipway.http.ApiFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.HttpStatus;

/** Counts calls of triggers that do not exist, by address, and makes who calls too many wait. */
final class TriggerGuesses {

  private static final int MOST_ADDRESSES = 100_000;
  private static final Duration WITHIN = Duration.ofMinutes(1);

  private final Cache<String, AtomicInteger> failed;
  private final int most;

  /**
   * @param most of an address in a minute
   */
  TriggerGuesses(int most, InstantSource clock) {
    this.most = most;
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    failed =
        Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterWrite(WITHIN)
            .ticker(ticker)
            .build();
  }

  /** Counts the call of an unknown trigger, and returns the error to answer with. */
  ApiFailure failure(String address) {
    int count = failed.get(address, _ -> new AtomicInteger()).incrementAndGet();
    return count <= most
        ? ApiFailure.notFound("trigger") // whatever is missing: it names nothing that exists
        : new ApiFailure(
            HttpStatus.TOO_MANY_REQUESTS,
            "too many calls of triggers that do not exist; try again in a minute");
  }
}
