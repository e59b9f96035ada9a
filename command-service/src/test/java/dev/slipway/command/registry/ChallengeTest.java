package dev.slipway.command.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {

  @Test
  void aTokenServerIsNamed() {
    var challenge =
        Challenge.parse(
            "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                + "scope=\"repository:me/app:pull,push\"");
    assertThat(challenge.scheme()).isEqualTo("bearer");
    assertThat(challenge.parameter("realm")).isEqualTo("https://auth.docker.io/token");
    assertThat(challenge.parameter("service")).isEqualTo("registry.docker.io");
    assertThat(challenge.parameter("scope")).isEqualTo("repository:me/app:pull,push");
  }

  @Test
  void valuesNeedNoQuotes() {
    var challenge = Challenge.parse("basic realm=here, charset=UTF-8");
    assertThat(challenge.scheme()).isEqualTo("basic");
    assertThat(challenge.parameter("charset")).isEqualTo("UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Bearer realm",
        "Bearer realm=",
        "Bearer =\"",
        "Bearer a=\"b",
        "Bearer ,,,=,"
      })
  void brokenOnesAreRead(String header) {
    assertThat(Challenge.parse(header)).isNotNull();
  }
}
