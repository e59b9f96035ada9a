package dev.slipway.cli.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The terminal that a command was started from.
 *
 * @param input whether the standard input is one
 * @param output whether the standard output is one
 * @param errors whether the standard error is one
 * @param columns its width, 80 if unknown
 */
public record Terminal(boolean input, boolean output, boolean errors, int columns) {

  private static final int DEFAULT_COLUMNS = 80;
  private static final int DEFAULT_ROWS = 24;

  /** A command without a terminal. */
  public static final Terminal NONE = new Terminal(false, false, false, 0);

  /** As the launcher says: which of the numbers 0, 1 and 2 are terminals. */
  public static Terminal find(String descriptors) {
    boolean output = descriptors.contains("1");
    boolean errors = descriptors.contains("2");
    return new Terminal(
        descriptors.contains("0"), output, errors, output || errors ? size()[1] : 0);
  }

  /** Rows and columns. */
  public static int[] size() {
    var words = stty("size").strip().split(" ", -1);
    try {
      int rows = Integer.parseInt(words[0]);
      int columns = words.length > 1 ? Integer.parseInt(words[1]) : 0;
      return new int[] {rows > 0 ? rows : DEFAULT_ROWS, columns > 0 ? columns : DEFAULT_COLUMNS};
    } catch (NumberFormatException unknown) {
      return new int[] {DEFAULT_ROWS, DEFAULT_COLUMNS};
    }
  }

  /** The output of stty; empty if it fails. */
  public static String stty(String... arguments) {
    var command = new String[arguments.length + 1];
    command[0] = "stty";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      var process =
          new ProcessBuilder(command)
              .redirectInput(new java.io.File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(1, TimeUnit.SECONDS) ? printed : "";
    } catch (IOException noTerminal) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
