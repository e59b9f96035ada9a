package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"me2", "acme", "a-b_c", "00", "abcdefghijabcdefghijabcdefghijab"})
  void takeWhatCanStandInAPath(String name) {
    assertThat(NamespaceNames.checked("name", name)).isEqualTo(name);
  }

  @Test
  void refuseAMegabyteWithoutLookingAtIt() {
    assertThat(NamespaceNames.haveForm("a".repeat(1_000_000))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "Acme",
        "a b",
        "a/b",
        "é1",
        "abcdefghijabcdefghijabcdefghijabc",
        "service",
        "nodecluster",
        "events",
        "apikey",
        "v1"
      })
  void refuseWhatCannot(String name) {
    assertThatThrownBy(() -> NamespaceNames.checked("name", name))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("name must ");
  }
}
