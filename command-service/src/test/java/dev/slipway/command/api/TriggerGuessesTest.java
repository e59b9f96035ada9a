package dev.slipway.command.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class TriggerGuessesTest {

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final TriggerGuesses guesses = new TriggerGuesses(2, now::get);

  private HttpStatus guess(String address) {
    return HttpStatus.valueOf(guesses.failure(address).status().value());
  }

  @Test
  void makeAnAddressWaitThatGuessesTooMuch() {
    assertThat(guess("10.0.0.1")).isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(guess("10.0.0.1")).isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(guess("10.0.0.1")).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(guess("10.0.0.2")).isEqualTo(HttpStatus.NOT_FOUND);
    now.set(Instant.EPOCH.plus(Duration.ofSeconds(61)));
    assertThat(guess("10.0.0.1")).isEqualTo(HttpStatus.NOT_FOUND);
  }
}
