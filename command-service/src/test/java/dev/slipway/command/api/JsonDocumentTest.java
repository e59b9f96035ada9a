package dev.slipway.command.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.http.ApiFailure;
import dev.slipway.model.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDocumentTest {

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{} {}",
        "{},",
        "{}x",
        "{",
        "",
        "{'a':1}",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":\"\n\"}",
        "{\"a\":1,\"a\":2}",
        "{\"b\":{\"a\":1,\"a\":2}}",
        "// x\n{}"
      })
  void refusesWhatIsNotOneDocument(String text) {
    assertThatThrownBy(() -> JsonDocument.parse(utf8(text)))
        .isInstanceOf(ApiFailure.class)
        .hasMessageStartingWith("the body ")
        .hasMessageNotContainingAny("java", "jackson", "Exception", "`");
  }

  @Test
  void refusesDepthAndLongNumbers() {
    assertThatThrownBy(() -> JsonDocument.parse(utf8("[".repeat(500_000))))
        .hasMessageContaining("at most 50 levels");
    assertThatThrownBy(() -> JsonDocument.parse(utf8("1".repeat(500_000))))
        .hasMessageContaining("numbers of at most 1000 characters");
  }

  @Test
  void refusesWhatIsNoUtf8() {
    assertThatThrownBy(
            () -> JsonDocument.parse(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}))
        .hasMessage("the body must be UTF-8");
    assertThatThrownBy(() -> JsonDocument.parse("{}".getBytes(StandardCharsets.UTF_16)))
        .hasMessage("the body must be UTF-8");
  }

  @Test
  void passesOverAByteOrderMark() {
    assertThat(JsonDocument.parse(utf8("\uFEFF{}"))).isEqualTo(Map.of());
  }

  @Test
  void namesTheFieldThatExceedsALimit() {
    assertThatThrownBy(
            () -> JsonDocument.checkLimits(Map.of("a", Map.of("b", Collections.nCopies(1_001, 1)))))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("a.b must have at most 1000 entries");
    assertThatThrownBy(() -> JsonDocument.checkLimits(Map.of("a", "x".repeat(65_537))))
        .hasMessage("a must have at most 65536 characters");
    assertThatThrownBy(() -> JsonDocument.checkLimits(Map.of("x".repeat(100_000), 1)))
        .hasMessage("the name of a field must have at most 65536 characters");
  }
}
