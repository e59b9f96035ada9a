package dev.slipway.agent.engine;

import dev.slipway.model.service.ShellWords;
import java.util.List;

/** A command as the words that the Engine takes. */
final class CommandLine {

  private CommandLine() {}

  /**
   * @throws EngineRefused if a quote has no end
   */
  static List<String> split(String command) {
    try {
      return ShellWords.of(command);
    } catch (IllegalArgumentException unbalanced) {
      throw new EngineRefused("the command %s: %s".formatted(unbalanced.getMessage(), command));
    }
  }
}
