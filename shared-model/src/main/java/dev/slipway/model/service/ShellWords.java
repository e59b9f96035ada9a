package dev.slipway.model.service;

import dev.slipway.model.Ascii;
import java.util.ArrayList;
import java.util.List;

/**
 * A command as the words that a shell makes of it: cut at white space, with quotes and backslashes.
 * Nothing is replaced in it.
 */
public final class ShellWords {

  private static final String PLAIN = "_@%+=:,./-";

  private final String command;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private int at;

  private ShellWords(String command) {
    this.command = command;
  }

  /**
   * The words of a command.
   *
   * @throws IllegalArgumentException if a quote has no end, or nothing follows a backslash
   */
  public static List<String> of(String command) {
    return new ShellWords(command).words();
  }

  /** The words as one line, which a shell cuts into them again. */
  public static String line(List<String> words) {
    var line = new StringBuilder();
    for (var word : words) {
      line.append(line.isEmpty() ? "" : " ").append(isPlain(word) ? word : quoted(word));
    }
    return line.toString();
  }

  private static boolean isPlain(String word) {
    return !word.isEmpty()
        && word.chars().allMatch(c -> Ascii.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private List<String> words() {
    while (at < command.length()) {
      char c = command.charAt(at++);
      if (Character.isWhitespace(c)) {
        end();
        continue;
      }
      inWord = true;
      switch (c) {
        case '\'' -> single();
        case '"' -> twice();
        case '\\' -> word.append(escaped());
        default -> word.append(c);
      }
    }
    end();
    return List.copyOf(words);
  }

  private void end() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private void single() {
    int end = command.indexOf('\'', at);
    if (end < 0) {
      throw new IllegalArgumentException("has a quote ' without an end");
    }
    word.append(command, at, end);
    at = end + 1;
  }

  private void twice() {
    while (at < command.length()) {
      char c = command.charAt(at++);
      if (c == '"') {
        return;
      }
      word.append(c == '\\' ? escaped() : c);
    }
    throw new IllegalArgumentException("has a quote \" without an end");
  }

  private char escaped() {
    if (at == command.length()) {
      throw new IllegalArgumentException("ends in a backslash");
    }
    return command.charAt(at++);
  }
}
