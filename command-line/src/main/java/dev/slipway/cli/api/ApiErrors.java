package dev.slipway.cli.api;

import dev.slipway.cli.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import javax.net.ssl.SSLException;

/** Failures of requests, in words and exit codes. */
final class ApiErrors {

  private final Connection connection;

  ApiErrors(Connection connection) {
    this.connection = connection;
  }

  /** Answers of proxies and of other servers are not Slipway's. */
  Answer fromSlipway(Answer answer) {
    boolean empty = answer.body().isBlank() && answer.header("content-type") == null;
    if (answer.isJson() || (empty && answer.status() != 404 && answer.status() < 300)) {
      return answer;
    }
    var type = answer.header("content-type");
    if (answer.status() >= 500) {
      throw new Failure(
          Failure.UNREACHABLE,
          "%s answers %d without a reason".formatted(connection.url(), answer.status()),
          "Is a proxy in front of it, and Slipway away?");
    }
    throw new Failure(
        Failure.UNREACHABLE,
        "%s is no Slipway: it answers %d with %s"
            .formatted(connection.url(), answer.status(), type == null ? "nothing" : type),
        "Check the URL: slipway context show");
  }

  Answer require(Answer answer) {
    if (!answer.isSuccess()) {
      throw of(answer);
    }
    return answer;
  }

  Failure of(Answer answer) {
    var json = answer.json();
    var said = Json.first(json, "error", "message", "detail");
    var message = said.isEmpty() ? "the server answers " + answer.status() : said;
    return switch (answer.status()) {
      case 400, 413, 415 -> Failure.usage(message);
      case 401 ->
          new Failure(
              Failure.FORBIDDEN,
              "%s does not accept the API key of %s".formatted(connection.url(), connection.user()),
              "Log in with: slipway login");
      case 403 -> new Failure(Failure.FORBIDDEN, message);
      case 404 -> new Failure(Failure.NOT_FOUND, message);
      case 409, 412 -> new Failure(Failure.CONFLICT, message);
      case 410 -> gone(message, Json.first(json, "oldest_version"));
      case 429 -> new Failure(Failure.FAILED, message, retry(answer));
      case 502, 503, 504 -> new Failure(Failure.UNREACHABLE, message, retry(answer));
      default ->
          new Failure(
              Failure.FAILED,
              answer.status() < 400
                  ? "%s answers %d, which a Slipway never does"
                      .formatted(connection.url(), answer.status())
                  : message);
    };
  }

  private static Failure gone(String message, String oldest) {
    return oldest.isEmpty()
        ? new Failure(Failure.FAILED, message)
        : new Failure(Failure.FAILED, message, "The oldest version kept is " + oldest);
  }

  private static String retry(Answer answer) {
    var after = answer.header("retry-after");
    return after == null ? "Try again in a moment." : "Try again in %s s.".formatted(after);
  }

  Failure unreachable(IOException failure) {
    var why =
        switch (failure) {
          case UnknownHostException _ -> "the host is unknown";
          case SocketTimeoutException _, HttpTimeoutException _ -> "no answer in time";
          case ConnectException _ -> "connection refused";
          case SSLException tls -> "no secure connection: " + tls.getMessage();
          default -> String.valueOf(failure.getMessage());
        };
    return new Failure(
        Failure.UNREACHABLE,
        "cannot reach Slipway at %s: %s".formatted(connection.url(), why),
        "Start one with: slipway up",
        "Or choose another: slipway context ls");
  }
}
