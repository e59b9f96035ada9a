package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedRequestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "http://localhost",
        "https://example.com:8443",
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
        "chrome-extension://abcdef"
      })
  void takesAnOrigin(String origin) {
    assertThat(MalformedRequest.originRuleBrokenBy(origin)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "http:/x",
        "://x",
        "http://",
        "http://a b",
        "http://x:y",
        "http://x:",
        "http://x:99999",
        "http://x:123456",
        "http://[::1",
        "http://x/y",
        "http://x\\y",
        "http://%zz",
        "h ttp://x"
      })
  void refusesWhatIsNoOrigin(String origin) {
    assertThat(MalformedRequest.originRuleBrokenBy(origin))
        .contains("Origin must be 'null' or like https://host:port");
  }

  @Test
  void refusesAnOriginOfAnyLength() {
    assertThat(MalformedRequest.originRuleBrokenBy("http://" + "a".repeat(1_000_000))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "a=1&b=2,",
    "a,",
    "a=%C3%A4,",
    "=x, the query must have a name before each '='",
    "a=1&=x, the query must have a name before each '='",
    "a=%zz, 'the query must be UTF-8, with two hex digits after each %'",
    "a=%, 'the query must be UTF-8, with two hex digits after each %'",
    "a=%C3, 'the query must be UTF-8, with two hex digits after each %'",
    "a=%ED%A0%80, 'the query must be UTF-8, with two hex digits after each %'",
    "a=%00,"
  })
  void tellsWhatIsWrongWithAQuery(String query, String rule) {
    assertThat(QueryText.ruleBrokenBy(query).orElse(null)).isEqualTo(rule);
  }

  @Test
  void takesAThousandParametersAndNoMore() {
    assertThat(QueryText.ruleBrokenBy("a=1&".repeat(1_000))).isEmpty();
    assertThat(QueryText.ruleBrokenBy("a=1&".repeat(1_001)))
        .contains("the query must have at most 1000 parameters");
  }

  @ParameterizedTest
  @CsvSource({
    "%61b, ab",
    "%2Fb, %2Fb",
    "%2561, %2561",
    "%, %",
    "%4, %4",
    "a%zz, a%zz",
    "%7E, ~",
    "%C3%A4, %C3%A4"
  })
  void writesEscapesThatAreNotNeededPlainly(String text, String plain) {
    assertThat(Escapes.withoutNeedless(text)).isEqualTo(plain);
  }
}
