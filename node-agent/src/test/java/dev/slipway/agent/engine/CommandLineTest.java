package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandLineTest {

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("", List.of()),
        Arguments.of("/run.sh", List.of("/run.sh")),
        Arguments.of("  a   b\tc ", List.of("a", "b", "c")),
        Arguments.of(
            "sh -c 'echo \"hi there\"; sleep 1'",
            List.of("sh", "-c", "echo \"hi there\"; sleep 1")),
        Arguments.of("sh -c \"echo \\\"hi\\\" it's\"", List.of("sh", "-c", "echo \"hi\" it's")),
        Arguments.of("a\\ b ''", List.of("a b", "")),
        Arguments.of("a'b'\"c\"", List.of("abc")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void cutsAsAShellDoes(String command, List<String> words) {
    assertThat(CommandLine.split(command)).isEqualTo(words);
  }

  @Test
  void refusesAQuoteWithoutAnEnd() {
    assertThatThrownBy(() -> CommandLine.split("echo 'hi"))
        .isInstanceOf(EngineRefused.class)
        .hasMessageContaining("quote");
  }
}
