package dev.slipway.agent.engine;

import java.util.ArrayList;
import java.util.List;

/** Cuts a command into words as a shell does: by white space, with quotes and backslashes. */
final class CommandLine {

  private CommandLine() {}

  /**
   * @throws EngineRefused if a quote has no end
   */
  static List<String> split(String command) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < command.length()) {
        word.append(command.charAt(++i));
        inWord = true;
      } else if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new EngineRefused("the command has a quote without an end: " + command);
    }
    if (inWord) {
      words.add(word.toString());
    }
    return words;
  }
}
