package dev.slipway.command.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFaultTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{;  \"name\": web;}|line 2, column 11: unrecognized token 'web'",
        "{;;  \"name\": \"web\",;}|line 4, column 1: unexpected character ('}' (code 125))",
        "[1, 2|line 1, column 6: unexpected end-of-input: expected close marker for Array",
        "{\"a\" 1}|line 1, column 6: unexpected character ('1' (code 49)): was expecting a colon",
        "{\"a\": 01}|line 1, column 8: invalid numeric value: Leading zeroes not allowed",
      })
  void namesLineColumnAndWhatWasExpected(String body, String fault) {
    var refusal = refusal(body.replace(';', '\n'));
    assertThat(refusal)
        .startsWith("the body is no JSON: " + fault)
        .doesNotContain("Source", "tools.");
  }

  @org.junit.jupiter.api.Test
  void isOneShortLineHoweverLongTheBodyIs() {
    assertThat(refusal("{\"a\": " + "x".repeat(5_000) + "\u0007}"))
        .hasSizeLessThan(300)
        .doesNotContain("\u0007", "\n");
  }

  private static String refusal(String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return catchThrowable(() -> JsonDocument.parse(bytes)).getMessage();
  }
}
