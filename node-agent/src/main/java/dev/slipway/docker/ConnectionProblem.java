package dev.slipway.docker;

import dev.slipway.docker.discovery.SocketAccess;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Explains why a connection to an Engine failed. */
final class ConnectionProblem {

  private static final String AWAY = "does not answer at %s: %s";

  private ConnectionProblem() {}

  /**
   * @param limit of the call, for one that took too long
   */
  static EngineUnusable explain(URI host, Throwable failure, Duration limit) {
    if (has(failure, "permission denied")) {
      return new EngineUnusable(denied(host), failure);
    }
    return new EngineUnusable(AWAY.formatted(host, cause(host, failure, limit)), failure);
  }

  private static String cause(URI host, Throwable failure, Duration limit) {
    if (isUnix(host) && Files.notExists(Path.of(host.getPath()))) {
      return "there is no such socket";
    }
    if (has(failure, "refused")) {
      return "connection refused";
    }
    if (has(failure, "timed out") || has(failure, "timeout")) {
      return "no answer within %d s".formatted(limit.toSeconds());
    }
    if (chain(failure).anyMatch(UnknownHostException.class::isInstance)) {
      return "unknown host " + host.getHost();
    }
    var last = chain(failure).reduce((_, deeper) -> deeper).orElse(failure);
    var text = last.getMessage() == null ? last.getClass().getSimpleName() : last.getMessage();
    return chain(failure).anyMatch(SSLException.class::isInstance) ? "TLS: " + text : text;
  }

  private static String denied(URI host) {
    var text = "denies access at %s: permission denied".formatted(host);
    return isUnix(host) ? text + "; " + SocketAccess.remedy(Path.of(host.getPath())) : text;
  }

  private static boolean isUnix(URI host) {
    return "unix".equals(host.getScheme());
  }

  private static boolean has(Throwable failure, String words) {
    return chain(failure)
        .map(one -> one.toString().toLowerCase(Locale.ROOT))
        .anyMatch(text -> text.contains(words));
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, one -> one != null, Throwable::getCause).limit(20);
  }
}
