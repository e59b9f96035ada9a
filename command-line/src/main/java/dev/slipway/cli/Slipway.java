package dev.slipway.cli;

import dev.slipway.cli.output.SafeText;
import dev.slipway.cli.output.Terminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program {@code slipway}: a client of the public API. */
public final class Slipway {

  private static final int BUFFER_BYTES = 64 * 1024;

  private Slipway() {}

  public static void main(String[] arguments) {
    var out = stream(FileDescriptor.out);
    var err = stream(FileDescriptor.err);
    var root = System.getProperty("slipway.root");
    var terminals = System.getProperty("slipway.terminals", "");
    var environment =
        new Environment(
            System.getenv(),
            Path.of("").toAbsolutePath(),
            root == null ? null : Path.of(root),
            System.in,
            out,
            err,
            Terminal.find(terminals),
            Clock.systemUTC());
    int code = run(environment, arguments);
    out.flush();
    err.flush();
    // Pools of the HTTP client would keep the process for a while.
    Runtime.getRuntime().halt(code);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(
        new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES),
        false,
        StandardCharsets.UTF_8);
  }

  /** Runs one command; the exit code. */
  public static int run(Environment environment, String... arguments) {
    var tree = new CommandTree(environment);
    var line = commandLine(environment, tree, List.of(arguments));
    int code = line.execute(arguments);
    environment.out().flush();
    environment.err().flush();
    return code;
  }

  private static CommandLine commandLine(
      Environment environment, CommandTree tree, List<String> arguments) {
    var line = new CommandLine(tree.forArguments(arguments));
    line.setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(environment.err(), true, StandardCharsets.UTF_8));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    line.setParameterExceptionHandler(
        (failure, given) -> misused(environment, tree, failure, given));
    line.setExecutionExceptionHandler((failure, _, _) -> failed(environment, failure));
    return line;
  }

  private static int failed(Environment environment, Exception failure) {
    if (failure instanceof Failure known) {
      return report(environment, known);
    }
    var message = failure.getMessage();
    return report(
        environment,
        new Failure(
            Failure.FAILED,
            message == null ? failure.getClass().getSimpleName() : message,
            environment.variable("SLIPWAY_DEBUG") == null
                ? "SLIPWAY_DEBUG=1 shows where."
                : java.util.Arrays.toString(failure.getStackTrace())));
  }

  static int report(Environment environment, Failure failure) {
    environment.out().flush();
    var err = environment.err();
    err.println("slipway: " + SafeText.line(failure.text()));
    failure.hints().forEach(hint -> err.println("  " + SafeText.line(hint)));
    err.flush();
    return failure.code();
  }

  private static int misused(
      Environment environment, CommandTree tree, ParameterException failure, String[] given) {
    var command = failure.getCommandLine();
    var name = command.getCommandSpec().qualifiedName();
    var hint = "See: %s --help".formatted(name);
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      var word = unmatched.getUnmatched().getFirst();
      boolean option = word.startsWith("-");
      var known =
          option
              ? command.getCommandSpec().optionsMap().keySet()
              : tree.names(List.of(given), word);
      return report(
          environment,
          Failure.usage(
              "%s '%s'".formatted(option ? "unknown option" : "unexpected", word)
                  + Suggestions.question(word, known),
              hint));
    }
    return report(environment, Failure.usage(String.valueOf(failure.getMessage()), hint));
  }
}
