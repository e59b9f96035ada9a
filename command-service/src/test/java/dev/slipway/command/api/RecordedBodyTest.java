package dev.slipway.command.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordedBodyTest {

  @Test
  void keepsKnownFieldsOnly() {
    assertThat(RecordedBody.of(Map.of("image", "a", "unknown", "b"), Set.of()))
        .isEqualTo("{\"image\":\"a\"}");
    assertThat(RecordedBody.of(Map.of("unknown", "b"), Set.of())).isEmpty();
  }

  @Test
  void keepsKnownFieldsOfAStacksServicesOnly() {
    var body =
        Map.<String, Object>of(
            "services", List.of(Map.of("ports", List.of("80"), "x", "y"), "no service"));

    assertThat(RecordedBody.of(body, Set.of("ports")))
        .isEqualTo("{\"services\":[{\"ports\":[\"80\"]},\"***\"]}");
  }

  @Test
  void leavesOutValuesOfVariables() {
    var body =
        Map.<String, Object>of(
            "container_envvars",
            List.of(Map.of("key", "A", "value", "secret", "other", "secret"), "B=secret"));

    assertThat(RecordedBody.of(body, Set.of())).doesNotContain("secret").contains("\"A\"");
  }

  @Test
  void leavesOutTheLongestValuesUntilSixteenKilobytesAreLeft() {
    var body = new LinkedHashMap<String, Object>();
    body.put("image", "demo/hello");
    body.put("run_command", "ä".repeat(6_000));
    body.put("entrypoint", "\\".repeat(10_000));

    var text = RecordedBody.of(body, Set.of());

    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(16 * 1024);
    assertThat(text)
        .contains("\"image\":\"demo/hello\"", "\"entrypoint\":\"***\"")
        .contains("ääää");
  }
}
