package dev.slipway.benchmarks.http;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server answered.
 *
 * @param etag empty if there was none
 */
public record Answer(int status, String etag, byte[] body) {

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public JsonNode json() {
    return JsonMapper.shared().readTree(body);
  }

  /**
   * @throws ServerRefused unless the request did what it should
   */
  public Answer orThrow(String request) {
    if (!isSuccess()) {
      throw new ServerRefused("%s: %d %s".formatted(request, status, text()));
    }
    return this;
  }

  /** A request of a measurement that failed: the measurement is void. */
  public static final class ServerRefused extends RuntimeException {

    ServerRefused(String message) {
      super(message);
    }
  }
}
