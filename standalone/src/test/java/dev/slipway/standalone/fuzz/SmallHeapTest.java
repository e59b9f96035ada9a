package dev.slipway.standalone.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.standalone.InOneProcess;
import dev.slipway.standalone.embedded.FreePort;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients send besides known fields takes no memory once it is answered. */
class SmallHeapTest {

  private static final int CREATES = 850;
  private static final int FIELDS = 15;

  private final int port = FreePort.forSlipway();
  @TempDir Path data;

  @Test
  void aMegabyteOfUnknownFieldsWithEachCreateDoesNotFillTheHeap() throws Exception {
    var settings =
        Map.of(
            "SLIPWAY_KAFKA_PORT", Integer.toString(FreePort.forSlipway()),
            "SLIPWAY_QUOTA_WRITES_PER_SECOND", "100000",
            "JAVA_TOOL_OPTIONS", "-Xmx256m -XX:+ExitOnOutOfMemoryError");
    try (var slipway = InOneProcess.up(port, data, settings)) {
      var body = body();
      for (int i = 0; i < CREATES; i++) {
        assertThat(post(body).status()).isEqualTo(201);
      }
      assertThat(slipway.terminate()).isEqualTo(128 + 15);
    }
    try (var slipway = InOneProcess.up(port, data, settings)) {
      assertThat(post("{\"image\":\"demo/hello\"}").status()).isEqualTo(201);
      assertThat(slipway.terminate()).isEqualTo(128 + 15);
    }
  }

  private static String body() {
    return IntStream.range(0, FIELDS)
        .mapToObj(i -> "\"unknown%d\":\"%s\"".formatted(i, "x".repeat(65_000)))
        .collect(Collectors.joining(",", "{\"image\":\"demo/hello\",", "}"));
  }

  private RawAnswer post(String body) throws Exception {
    var key = Files.readString(data.resolve("apikey")).strip();
    var login =
        Base64.getEncoder().encodeToString(("admin:" + key).getBytes(StandardCharsets.UTF_8));
    var request =
        "POST /api/app/v1/service/ HTTP/1.0\r\nHost: localhost\r\nAuthorization: Basic %s\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(login, body.length(), body);
    return RawAnswer.to(request.getBytes(StandardCharsets.UTF_8), port, false);
  }
}
