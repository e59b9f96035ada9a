package dev.slipway.command.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {

  @Test
  void goesOnAfterOneThatFails() {
    var attempts = new Attempts("test");
    var done = new ArrayList<String>();
    for (var whom : List.of("first", "bad", "last")) {
      attempts.attempt(
          whom,
          () -> {
            if (whom.equals("bad")) {
              throw new IllegalStateException("as it is meant to");
            }
            done.add(whom);
          });
    }
    assertThat(done).containsExactly("first", "last");
  }
}
