package dev.slipway.acceptance;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whatever fails while whatever is asked, the promises are kept: three rounds in each build, so
 * that this works when it is needed; more when asked, see CONTRIBUTING.md.
 */
class RandomFaultTest {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "SLIPWAY_OPERATION_DEADLINE", "20s",
          "SLIPWAY_NODE_TIMEOUT", "4s",
          "SLIPWAY_NODE_LOSS_GRACE", "1s");

  @Test
  void breaksNoPromise() throws Exception {
    try (var install = new Install(2, SETTINGS)) {
      new RandomFaults(install).play();
    } finally {
      FaultTable.write();
    }
  }
}
