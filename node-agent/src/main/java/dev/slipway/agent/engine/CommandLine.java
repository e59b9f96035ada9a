package dev.slipway.agent.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts a command into words as a shell does: by white space, with quotes and backslashes. */
final class CommandLine {

  /** White space, or one piece of a word: quoted either way, escaped, or plain. */
  private static final Pattern PIECE =
      Pattern.compile(
          "(?<space>\\s+)|'(?<single>[^']*)'|\"(?<twice>(?:[^\"\\\\]|\\\\.)*)\""
              + "|\\\\(?<escaped>.)|(?<plain>[^\\s'\"\\\\]+)",
          Pattern.DOTALL);

  private CommandLine() {}

  /**
   * @throws EngineRefused if a quote has no end
   */
  static List<String> split(String command) {
    var words = new ArrayList<StringBuilder>();
    var pieces = PIECE.matcher(command);
    boolean newWord = true;
    int read = 0;
    while (pieces.lookingAt()) {
      newWord = add(words, pieces, newWord);
      read = pieces.end();
      pieces.region(read, command.length());
    }
    if (read < command.length()) {
      throw new EngineRefused("the command has a quote without an end: " + command);
    }
    return words.stream().map(StringBuilder::toString).toList();
  }

  /**
   * @return whether the next piece begins a word
   */
  private static boolean add(
      List<StringBuilder> words, java.util.regex.Matcher piece, boolean newWord) {
    if (piece.group("space") != null) {
      return true;
    }
    if (newWord) {
      words.add(new StringBuilder());
    }
    var word = words.getLast();
    for (var kind : List.of("single", "escaped", "plain")) {
      var text = piece.group(kind);
      word.append(text == null ? "" : text);
    }
    var twice = piece.group("twice");
    word.append(twice == null ? "" : twice.replaceAll("\\\\(.)", "$1"));
    return false;
  }
}
