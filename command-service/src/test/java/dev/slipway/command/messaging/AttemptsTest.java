package dev.slipway.command.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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

  @Test
  void logsAFailureOnceAndALostRaceOnlyIfTheNextTryLosesOneToo() {
    var lines = logged();
    var attempts = new Attempts("test");
    attempts.attempt("a", AttemptsTest::loses);
    attempts.attempt("a", () -> {});
    attempts.attempt("a", AttemptsTest::loses);
    assertThat(lines.list).isEmpty();
    attempts.attempt("a", AttemptsTest::loses);
    attempts.attempt("a", AttemptsTest::loses);
    assertThat(lines.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getFormattedMessage())
                  .isEqualTo("test loses races for a and will try again: lost");
              assertThat(line.getThrowableProxy()).isNull();
            });
    lines.stop();
  }

  private static void loses() {
    throw new ConcurrencyException("lost");
  }

  private static ListAppender<ILoggingEvent> logged() {
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    ((Logger) LoggerFactory.getLogger(Attempts.class)).addAppender(lines);
    return lines;
  }
}
