package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The output of each command in each format. Record with -Drecord=true. */
class GoldenOutputTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final List<String> FORMATS = List.of("table", "wide", "json", "name");

  private static final List<String> LISTS =
      List.of(
          "service ls",
          "service ps",
          "service show web",
          "stack ls",
          "container ls",
          "node ls",
          "action ls",
          "history web",
          "top --once");

  private static final List<String> OTHERS =
      List.of(
          "why web",
          "why web -o json",
          "diff web 7 9",
          "diff web 7 9 -o json",
          "stack history shop",
          "stack diff shop 1 3",
          "stack diff shop 1 3 -o json",
          "service open web",
          "context show",
          "service ls --columns name,state --sort name",
          "service ls --search DB");

  static Stream<String> commands() {
    return Stream.concat(
        LISTS.stream().flatMap(list -> FORMATS.stream().map(format -> list + " -o " + format)),
        OTHERS.stream());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void isAsTheGoldenFileHasIt(String command, @TempDir Path folder) throws IOException {
    try (var server = Shop.server()) {
      var ended = new Run(folder, server.url()).of(command.split(" ", -1));
      var printed =
          "$ slipway %s\n%s%s=> %d\n"
              .formatted(command, ended.out(), ended.err(), ended.code())
              .replace(server.url(), "URL");
      var file = GOLDEN.resolve(command.replaceAll("[^a-z0-9]+", "-") + ".txt");
      if (Boolean.getBoolean("record")) {
        Files.createDirectories(GOLDEN);
        Files.writeString(file, printed);
      }
      assertThat(printed).isEqualTo(Files.readString(file));
    }
  }
}
