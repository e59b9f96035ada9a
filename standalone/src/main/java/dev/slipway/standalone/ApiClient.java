package dev.slipway.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a Slipway that runs, here or elsewhere, over its API.
 *
 * @param environment says where it is and who asks
 */
record ApiClient(Map<String, String> environment) {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(LONGEST).build();

  ApiClient {
    environment = Map.copyOf(environment);
  }

  private Optional<String> of(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }

  String url() {
    return of("SLIPWAY_URL")
        .orElseGet(() -> "http://127.0.0.1:" + of("SLIPWAY_PORT").orElse("8080"))
        .replaceFirst("/+$", "");
  }

  String key() {
    return of("SLIPWAY_APIKEY").orElseGet(this::keyInDataFolder);
  }

  private String keyInDataFolder() {
    var file = Path.of(of("SLIPWAY_DATA").orElse(".slipway"), "apikey").toAbsolutePath();
    try {
      return Files.readString(file).strip();
    } catch (IOException missing) {
      throw new CannotAsk(
          "there is no API key in %s; set SLIPWAY_APIKEY, or SLIPWAY_DATA to the data folder"
              .formatted(file));
    }
  }

  /**
   * @throws CannotAsk if nobody answers, or refuses
   */
  JsonNode send(String method, String path, String body) {
    var login = of("SLIPWAY_USER").orElse("admin") + ":" + key();
    var basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    try {
      var request =
          HttpRequest.newBuilder(URI.create(url() + path))
              .timeout(LONGEST)
              .header("Authorization", "Basic " + basic)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build();
      return answer(HTTP.send(request, BodyHandlers.ofString()));
    } catch (IllegalArgumentException noUrl) {
      throw new CannotAsk("SLIPWAY_URL is no URL: " + url());
    } catch (IOException nobody) {
      throw new CannotAsk(
          "no Slipway answers at %s; start one with ./slipway up, or set SLIPWAY_URL"
              .formatted(url()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotAsk("interrupted");
    }
  }

  private JsonNode answer(HttpResponse<String> answer) {
    try {
      var json = JsonMapper.shared().readTree(answer.body());
      if (answer.statusCode() < 300) {
        return json;
      }
      if (answer.statusCode() == 401) {
        throw new CannotAsk(
            "Slipway at %s does not know this login; see SLIPWAY_USER and SLIPWAY_APIKEY"
                .formatted(url()));
      }
      throw new CannotAsk(json.path("error").asString("it answers " + answer.statusCode()));
    } catch (JacksonException notOurs) {
      throw new CannotAsk("what answers at %s is no Slipway".formatted(url()));
    }
  }

  /** The command line of a command that calls the API, and ends with 1 if it cannot. */
  static CommandLine commandLine(Object command) {
    return new CommandLine(command)
        .setExecutionExceptionHandler(
            (failure, line, _) -> {
              if (!(failure instanceof CannotAsk)) {
                throw failure;
              }
              line.getErr().println("slipway: " + failure.getMessage());
              return 1;
            });
  }

  /** Why there is no answer, in words that say what to do. */
  static final class CannotAsk extends RuntimeException {

    CannotAsk(String message) {
      super(message);
    }
  }
}
