package dev.slipway.cli;

import dev.slipway.cli.api.Answer;
import dev.slipway.cli.api.Json;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request that changes something: previewed, asked for, sent with the version that was previewed,
 * and waited for.
 *
 * @param subject what it is about, for messages, such as {@code service web}
 * @param isCareful whether it is never sent unasked, since it destroys something
 */
public record Write(
    String method, String path, @Nullable JsonNode body, String subject, boolean isCareful) {

  private static final String NO_PREVIEW = "This server cannot preview that.";

  /** A preview and the version that it was made of. */
  private record Tried(@Nullable JsonNode answer, @Nullable String version) {}

  /** Carries it out as the options say; the exit code. */
  public int run(Call call) {
    var tried = preview(call);
    if (call.flag("--dry-run")) {
      return dryRun(call, tried);
    }
    var preview = tried.answer() == null ? null : new Preview(tried.answer());
    if (!isAgreed(call, isCareful || preview != null && preview.interrupts())) {
      call.screen().note("Nothing was changed.");
      return Failure.FAILED;
    }
    return finish(call, send(call, tried.version()));
  }

  /** Sends it without asking, and waits for its end. */
  public int sendAndWait(Call call) {
    return finish(call, send(call, null));
  }

  /** Shows what it would do and sends nothing. */
  public int plan(Call call) {
    var answer =
        call.api()
            .send(method, path + (path.contains("?") ? "&" : "?") + "dry_run=true", body, Map.of());
    var json = call.api().require(answer).json();
    var lines = new Preview(json).lines(call.screen());
    if (call.isJson()) {
      call.screen().json(json);
    } else {
      call.screen().note("%s, %s".formatted(call.api().connection().place(), subject));
      lines.forEach(call.screen().out()::println);
    }
    boolean changes = !new Preview(json).isEmpty() || !Json.list(json, "events").isEmpty();
    return changes && call.flag("--exit-code") ? Failure.HAS_CHANGES : 0;
  }

  private int dryRun(Call call, Tried tried) {
    if (tried.answer() == null) {
      throw Failure.usage("this server cannot preview that: --dry-run is not possible here");
    }
    if (call.isJson()) {
      call.screen().json(tried.answer());
    }
    return 0;
  }

  /**
   * Shows what would happen. Without a terminal and with --yes nobody looks, and nothing is asked.
   */
  private Tried preview(Call call) {
    boolean looks = call.environment().terminal().errors() && !call.flag("--yes");
    if (!call.flag("--dry-run") && !looks) {
      return new Tried(null, null);
    }
    var answer =
        call.api()
            .send(method, path + (path.contains("?") ? "&" : "?") + "dry_run=true", body, Map.of());
    if (answer.status() == 400 && answer.body().contains("dry_run")) {
      call.screen().note(NO_PREVIEW);
      return new Tried(null, null);
    }
    var json = call.api().require(answer).json();
    show(call, json);
    return new Tried(json, answer.header("etag"));
  }

  private void show(Call call, JsonNode json) {
    if (call.flag("--dry-run") && call.isJson()) {
      return;
    }
    call.screen().note("%s, %s".formatted(call.api().connection().place(), subject));
    var lines = new Preview(json).lines(call.screen());
    lines.forEach(line -> printLine(call, line));
    if (lines.isEmpty()) {
      printLine(call, "  no change");
    }
  }

  /** Lines of a preview are made safe where they are made: they have colours. */
  static void printLine(Call call, String line) {
    if (call.flag("--dry-run")) {
      call.screen().out().println(line);
    } else {
      call.screen().out().flush();
      call.environment().err().println(line);
    }
  }

  /** Asks if something would be interrupted; what destroys is refused where nobody can be asked. */
  static boolean isAgreed(Call call, boolean asks, boolean isCareful, String subject) {
    if (call.flag("--yes") || !asks) {
      return true;
    }
    if (!call.environment().terminal().input()) {
      if (isCareful) {
        throw Failure.usage(
            "there is no terminal to ask in: say --yes to go on with %s".formatted(subject));
      }
      return true;
    }
    call.screen().ask("Apply? [y/N] ");
    var answer = call.readLine();
    return answer != null && answer.strip().matches("(?i)y|yes");
  }

  private boolean isAgreed(Call call, boolean asks) {
    return isAgreed(call, asks, isCareful, subject);
  }

  /** Sends it without asking. */
  public Answer send(Call call, @Nullable String version) {
    var headers = new HashMap<String, String>();
    var why = call.text("--why");
    if (why != null) {
      headers.put("X-Change-Reason", why);
    }
    if (version != null) {
      headers.put("If-Match", version);
    }
    var answer = call.api().send(method, path, body, headers);
    if (answer.status() == 412) {
      throw new Failure(
          Failure.CONFLICT,
          "%s has changed since the preview; nothing was done".formatted(subject),
          "Look again, and repeat the command.");
    }
    call.api().require(answer);
    answer.all("slipway-warning").forEach(one -> call.screen().note("Warning: " + one));
    return answer;
  }

  /** Waits for the action that the answer names, if the user does not detach. */
  private int finish(Call call, Answer answer) {
    var action = answer.header("x-dockercloud-action-uri");
    if (action != null && !call.flag("--detach")) {
      new Waiting(call, subject).forAction(action);
    }
    if (call.isJson()) {
      var uri = Json.text(answer.json(), "resource_uri");
      var now = uri.isEmpty() ? null : call.api().find(uri);
      call.screen().json(now == null ? answer.json() : now);
    } else if ("name".equals(call.text("--output"))) {
      call.screen().print(Json.first(answer.json(), "name", "nickname", "uuid"));
    } else if (call.flag("--detach") && action != null) {
      call.screen().note("Follow it with: slipway action wait " + Json.uuid(action));
    }
    return 0;
  }
}
