package dev.slipway.cli;

import dev.slipway.cli.output.Terminal;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The environment of a command.
 *
 * @param folder the working directory
 * @param root where Slipway is installed, null if unknown
 */
public record Environment(
    Map<String, String> variables,
    Path folder,
    @Nullable Path root,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Terminal terminal,
    Clock clock) {

  public @Nullable String variable(String name) {
    var value = variables.get(name);
    return value == null || value.isBlank() ? null : value;
  }
}
