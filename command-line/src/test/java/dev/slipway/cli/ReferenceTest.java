package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Help, completion, manual pages and the document name each command and each option. */
class ReferenceTest {

  private static final Path DOCUMENT = Path.of("../docs/command-line.md");
  private static final String HEADING = "## Commands\n";

  @TempDir Path folder;

  private CommandSpec whole() {
    var run = new Run(folder, "http://127.0.0.1:1");
    return new CommandLine(new CommandTree(run.environment()).whole()).getCommandSpec();
  }

  private static List<CommandSpec> all(CommandSpec spec) {
    var all = new ArrayList<CommandSpec>();
    all.add(spec);
    spec.subcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(one -> !one.usageMessage().hidden())
        .distinct()
        .forEach(one -> all.addAll(all(one)));
    return all;
  }

  /** Record with -Drecord=true. */
  @Test
  void theDocumentHasTheReferenceOfAllCommands() throws IOException {
    var document = Files.readString(DOCUMENT);
    int end = document.indexOf("\n### ", document.indexOf(HEADING));
    var head = end < 0 ? document : document.substring(0, end);
    var expected = head + Reference.markdown(whole());
    if (Boolean.getBoolean("record")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
  }

  @Test
  void helpNamesEachOptionWithinEightyColumns() {
    for (var command : all(whole())) {
      var words = command.qualifiedName().split(" ", -1);
      var arguments = new ArrayList<>(List.of(words).subList(1, words.length));
      arguments.add("--help");
      var help = new Run(folder, "http://127.0.0.1:1").of(arguments.toArray(String[]::new));
      assertThat(help.code()).isZero();
      command.options().forEach(option -> assertThat(help.out()).contains(option.longestName()));
      assertThat(help.out().lines().filter(line -> line.length() > 80))
          .as(command.qualifiedName())
          .isEmpty();
    }
  }

  @Test
  void manualPagesNameEachCommandAndOption() {
    var pages = Reference.pages(whole());
    for (var command : all(whole())) {
      var page = pages.get(command.qualifiedName("-") + ".1");
      assertThat(page).as(command.qualifiedName()).isNotNull();
      command
          .options()
          .forEach(option -> assertThat(page).contains(option.longestName().replace("-", "\\-")));
    }
  }

  @Test
  void completionOffersEachCommandAndOption() {
    for (var command : all(whole())) {
      var words = command.qualifiedName().split(" ", -1);
      var arguments = new ArrayList<>(List.of("__complete", "--"));
      arguments.addAll(List.of(words).subList(1, words.length));
      arguments.add("-");
      var offered =
          new Run(folder, "http://127.0.0.1:1")
              .of(arguments.toArray(String[]::new))
              .out()
              .lines()
              .toList();
      command.options().forEach(option -> assertThat(offered).contains(option.longestName()));
    }
  }

  @Test
  void completionOffersNamesOfTheServerThatAreSafeForAShell() {
    try (var server = Shop.server()) {
      server.list(
          "/api/app/v1/service/",
          Shop.service(Shop.WEB, "web", "Running", 1, 1),
          Shop.service(Shop.DB, "$(reboot)", "Running", 1, 1));
      server.on(
          "GET /api/app/v1/service/?limit=100",
          "{\"objects\":[{\"name\":\"web\"},{\"name\":\"$(reboot)\"}]}");
      assertThat(new Run(folder, server.url()).of("__complete", "--", "why", "").out())
          .isEqualTo("web\n");
      assertThat(
              new Run(folder, server.url())
                  .of("__complete", "--", "service", "ls", "-o", "j")
                  .out())
          .isEqualTo("json\n");
    }
  }

  @Test
  void aServerThatIsAwayOffersNoNamesAndSaysNothing() {
    var ended = new Run(folder, "http://127.0.0.1:1").of("__complete", "--", "why", "");
    assertThat(ended).isEqualTo(new Run.Ended(0, "", ""));
  }

  @Test
  void eachShellHasItsScript() {
    for (var shell : List.of("bash", "zsh", "fish")) {
      assertThat(new Run(folder, "http://127.0.0.1:1").of("completion", shell).out())
          .contains("__complete --");
    }
  }
}
