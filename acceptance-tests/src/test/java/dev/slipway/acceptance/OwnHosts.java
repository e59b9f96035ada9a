package dev.slipway.acceptance;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.AssertionFailedError;

/** Whether tests can have hosts of their own here: an Engine each, in a network of its own. */
final class OwnHosts {

  private static final String PROBE = "slipway-probe-" + ProcessHandle.current().pid();

  /** Each of these must work; the last takes away what the one before has made. */
  private static final List<String> NEEDED =
      List.of(
          "docker --version",
          "dockerd --version",
          "nsenter --version",
          "iptables -w -n -L FORWARD",
          "ip netns add " + PROBE,
          "ip netns del " + PROBE);

  private OwnHosts() {}

  /** Skips the test where it can have none; where an Engine was promised to root, it fails. */
  static void assumePossible() {
    var obstacle = obstacle();
    if (obstacle.isPresent()) {
      if (isRoot() && "true".equals(System.getenv("SLIPWAY_REQUIRE_DOCKER"))) {
        throw new AssertionFailedError(obstacle.get());
      }
      Assumptions.abort(obstacle.get());
    }
  }

  private static Optional<String> obstacle() {
    if (!isRoot()) {
      return Optional.of("hosts of a test's own need Linux and root");
    }
    return NEEDED.stream().flatMap(OwnHosts::failure).findFirst();
  }

  private static boolean isRoot() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("user.name").equals("root");
  }

  private static Stream<String> failure(String command) {
    try {
      OwnEngine.run(command.split(" "));
      return Stream.empty();
    } catch (IllegalStateException refused) {
      return Stream.of("hosts of a test's own cannot be made: " + refused.getMessage());
    } catch (IOException missing) {
      return Stream.of("hosts of a test's own cannot be made: " + missing.getMessage());
    } catch (Exception interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
