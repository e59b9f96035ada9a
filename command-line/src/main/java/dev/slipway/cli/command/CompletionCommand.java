package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Completion;
import dev.slipway.cli.Definition;
import dev.slipway.cli.Environment;
import dev.slipway.cli.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/** {@code slipway completion}: scripts for shells, and the words that these ask for. */
public final class CompletionCommand {

  private CompletionCommand() {}

  public static CommandSpec spec(Environment around) {
    return Definition.of(
            around, "completion", "Print the completion script of a shell.", CompletionCommand::run)
        .argument("SHELL", "bash, zsh or fish.")
        .footer(
            "",
            "bash: source <(slipway completion bash)",
            "zsh:  source <(slipway completion zsh)",
            "fish: slipway completion fish | source",
            "slipway install puts the scripts where shells find them.")
        .spec();
  }

  private static int run(Call call) {
    var shell = call.argument(0);
    if (!shell.matches("bash|zsh|fish")) {
      throw Failure.usage("SHELL must be bash, zsh or fish (got \"%s\")".formatted(shell));
    }
    try (var script =
        CompletionCommand.class.getResourceAsStream("/dev/slipway/cli/completion/" + shell)) {
      if (script == null) {
        throw new Failure(Failure.FAILED, "the script is missing");
      }
      call.screen().out().print(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      return 0;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** {@code slipway __complete -- WORDS}: what the last word may become, one a line. */
  public static CommandSpec candidates(Environment around) {
    return Definition.of(
            around, "__complete", "Print what a word may become.", CompletionCommand::complete)
        .arguments("WORD", "Words behind slipway; the last may be empty.", 0)
        .stopsAtArguments()
        .hidden()
        .spec();
  }

  private static int complete(Call call) {
    var words = call.arguments(0);
    new Completion(call.environment()).candidates(words).forEach(call.screen().out()::println);
    return 0;
  }
}
