package dev.slipway.cli;

import dev.slipway.cli.api.Json;
import dev.slipway.cli.output.Moments;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/** Waits for the end of actions and shows how far they are. */
public final class Waiting {

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final long FIRST_PAUSE_MS = 50;
  private static final long LONGEST_PAUSE_MS = 1_000;

  private final Call call;
  private final String subject;

  public Waiting(Call call, String subject) {
    this.call = call;
    this.subject = subject;
  }

  /**
   * Returns when the action has succeeded.
   *
   * @throws Failure if it failed, was canceled, or goes on for longer than the user waits
   */
  public void forAction(String uri) {
    var path = uri.startsWith("/") ? uri : call.path("audit/v1", "action") + uri + "/";
    var begun = call.now();
    var deadline = begun.plus(call.span("--timeout", LONGEST));
    var hook = new Thread(() -> leave(uri));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      end(until(path, begun, deadline), begun);
    } finally {
      call.screen().endProgress();
      removeHook(hook);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ctrl-C ends the waiting, not the work. */
  private void leave(String uri) {
    call.screen().endProgress();
    call.screen().note("The work goes on. Follow it with: slipway action wait " + Json.uuid(uri));
    call.screen().flush();
  }

  private JsonNode until(String path, Instant begun, Instant deadline) {
    long pause = FIRST_PAUSE_MS;
    while (true) {
      var action = call.api().get(path);
      if (Json.text(action, "state").matches("Success|Failed|Canceled")) {
        return action;
      }
      if (call.now().isAfter(deadline)) {
        throw new Failure(
            Failure.TIMED_OUT,
            "%s: not done in time; the work goes on".formatted(subject),
            "Follow it with: slipway action wait " + Json.uuid(path));
      }
      call.screen()
          .progress(
              "%s: %s, %s"
                  .formatted(
                      subject,
                      Json.text(action, "state"),
                      Moments.brief(Duration.between(begun, call.now()))));
      sleep(pause);
      pause = Math.min(LONGEST_PAUSE_MS, pause * 3 / 2);
    }
  }

  public static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.FAILED, "interrupted");
    }
  }

  private void end(JsonNode action, Instant begun) {
    var state = Json.text(action, "state");
    if (!state.equals("Success")) {
      var reason = Json.first(action, "reason", "error", "end_reason");
      throw new Failure(
          Failure.FAILED,
          "%s: %s%s"
              .formatted(
                  subject,
                  state.toLowerCase(java.util.Locale.ROOT),
                  reason.isEmpty() ? "" : ": " + reason),
          "Ask why with: slipway why " + subject.substring(subject.indexOf(' ') + 1),
          "See all of it with: slipway action show " + Json.text(action, "uuid"));
    }
    call.screen().endProgress();
    call.screen()
        .note(
            "%s: done in %.1f s"
                .formatted(subject, Duration.between(begun, call.now()).toMillis() / 1000.0));
  }
}
