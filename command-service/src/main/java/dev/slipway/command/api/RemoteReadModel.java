package dev.slipway.command.api;

import dev.slipway.model.api.ReadModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.StringUtils;

/** Asks the query service over HTTP, where it is a process of its own. */
public final class RemoteReadModel implements ReadModel {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteReadModel.class);
  private static final Duration SLACK = Duration.ofSeconds(1);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final String queryService;
  private final String authorization;

  /**
   * @param user of the settings, which both processes have in common
   */
  public RemoteReadModel(String queryService, String user, String apiKey) {
    this.authorization =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + apiKey).getBytes(StandardCharsets.UTF_8));
    this.queryService = StringUtils.trimTrailingCharacter(queryService, '/');
  }

  @Override
  public boolean awaitApplied(List<Applied> wanted, Duration atMost) {
    var request =
        HttpRequest.newBuilder(uri(wanted, atMost))
            .timeout(atMost.plus(SLACK))
            .header("Authorization", authorization)
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() == 401) {
        LOG.warn("The query service rejects our login: both need the same SLIPWAY_APIKEY");
      }
      return answer.statusCode() == 200 && answer.body().contains("true");
    } catch (IOException unreachable) {
      LOG.debug("The query service does not answer", unreachable);
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private URI uri(List<Applied> wanted, Duration atMost) {
    var query =
        wanted.stream()
            .map(
                one ->
                    "%s=%s:%d"
                        .formatted(
                            one.view().name().toLowerCase(Locale.ROOT), one.id(), one.version()))
            .collect(Collectors.joining("&"));
    return URI.create(
        "%s/internal/applied?%s&wait=%d".formatted(queryService, query, atMost.toMillis()));
  }
}
