package dev.slipway.model.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Secret;
import dev.slipway.model.service.EnvironmentVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VariableReferencesTest {

  private static final List<EnvironmentVariable> IMAGE =
      List.of(variable("PATH", "/bin"), variable("LANG", "C"));

  private static EnvironmentVariable variable(String key, String value) {
    return new EnvironmentVariable(key, new Secret(value));
  }

  /** The value of A, beside B=b, CHAIN=$B-$B and SYSTEM=$B, the last not the user's. */
  private static String valueOf(String value) {
    var given =
        List.of(
            variable("A", value),
            variable("B", "b"),
            variable("CHAIN", "$B-$B"),
            variable("x.y[0]", "odd"),
            variable("LOOP", "<$A>"),
            variable("PATH", "/opt:$PATH"),
            variable("SYSTEM", "$B"));
    var users = List.of("A", "B", "CHAIN", "LOOP", "PATH");
    return VariableReferences.resolve(given, users, IMAGE).getFirst().value().reveal();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("plain", "plain"),
        Arguments.of("$B", "b"),
        Arguments.of("${B}${B}c", "bbc"),
        Arguments.of("$CHAIN", "b-b"),
        Arguments.of("$SYSTEM", "$B"),
        Arguments.of("${x.y[0]}", "odd"),
        Arguments.of("$LANG", "C"),
        Arguments.of("$PATH", "/opt:/bin"),
        Arguments.of("$LOOP", "<$A>"),
        Arguments.of("$A", "$A"),
        Arguments.of("pa$$word$ $1 ${} ${B", "pa$word$ $1 ${} ${B"),
        Arguments.of("$$B", "$B"),
        Arguments.of("$$$B", "$b"),
        Arguments.of("$${B}", "${B}"),
        Arguments.of("$$$$", "$$"),
        Arguments.of("${$B}", "${b}"),
        Arguments.of("$Bigger", "$Bigger"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void standForTheValuesOfOtherVariables(String value, String resolved) {
    assertThat(valueOf(value)).isEqualTo(resolved);
  }

  @Test
  void doNotGrowWithoutAnEnd() {
    var given = new ArrayList<EnvironmentVariable>();
    for (int i = 0; i < 40; i++) {
      given.add(variable("V" + i, "$V%d$V%d".formatted(i + 1, i + 1)));
    }
    given.add(variable("V40", "x".repeat(1000)));
    var users = given.stream().map(EnvironmentVariable::key).toList();
    assertThatThrownBy(() -> VariableReferences.resolve(given, users, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too long")
        .hasMessageNotContaining("xxx");
  }
}
