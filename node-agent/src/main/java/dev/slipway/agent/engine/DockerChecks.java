package dev.slipway.agent.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.Frame;
import dev.slipway.model.service.HealthCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Checks whether a container of a Docker Engine does its work: over its network, or inside it. */
final class DockerChecks {

  private static final String OWN_HOST = "127.0.0.1";

  private final DockerClient docker;
  private final DockerClient streams;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @param docker for calls that have a time limit
   * @param streams for those that have none
   */
  DockerChecks(DockerClient docker, DockerClient streams) {
    this.docker = docker;
    this.streams = streams;
  }

  /**
   * What is wrong, empty if the check is passed.
   *
   * @param net that it was to have: in its host's it has its host's address, in one of its own none
   *     while it does not run
   */
  Optional<String> problem(Found found, HealthCheck check, String net) {
    var host = net.equals("host") ? OWN_HOST : Objects.requireNonNullElse(found.ipAddress(), "");
    if (check.type() != HealthCheck.Type.COMMAND && host.isEmpty()) {
      return Optional.of("it has no address");
    }
    try {
      return switch (check.type()) {
        case HTTP -> http(host, check);
        case TCP -> tcp(host, check);
        case COMMAND -> command(found, check);
      };
    } catch (ConflictException restarting) {
      return Optional.of("it does not run");
    } catch (IOException failure) {
      return Optional.of(
          "port %d: %s"
              .formatted(
                  check.port(), failure.getMessage() == null ? "no answer" : failure.getMessage()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new EngineUnavailable(interrupted);
    }
  }

  private Optional<String> http(String host, HealthCheck check)
      throws IOException, InterruptedException {
    var uri = URI.create("http://%s:%d%s".formatted(host, check.port(), path(check)));
    var request =
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(check.timeout())).GET().build();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    return status >= 200 && status < 400
        ? Optional.empty()
        : Optional.of("%s answers %d".formatted(path(check), status));
  }

  private static String path(HealthCheck check) {
    return Objects.requireNonNullElse(check.path(), "/");
  }

  private static Optional<String> tcp(String host, HealthCheck check) throws IOException {
    int port = Objects.requireNonNull(check.port());
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), check.timeout() * 1_000);
    }
    return Optional.empty();
  }

  private Optional<String> command(Found found, HealthCheck check) throws InterruptedException {
    var command = Objects.requireNonNull(check.command());
    var id =
        docker
            .execCreateCmd(found.engineId())
            .withAttachStdout(true)
            .withAttachStderr(true)
            .withCmd(CommandLine.split(command).toArray(String[]::new))
            .exec()
            .getId();
    boolean ended =
        streams
            .execStartCmd(id)
            .exec(new ResultCallback.Adapter<Frame>())
            .awaitCompletion(check.timeout(), TimeUnit.SECONDS);
    if (!ended) {
      return Optional.of("the command has not ended within %d s".formatted(check.timeout()));
    }
    var exitCode = docker.inspectExecCmd(id).exec().getExitCodeLong();
    return exitCode != null && exitCode == 0
        ? Optional.empty()
        : Optional.of("the command ends with exit code " + exitCode);
  }
}
