package dev.slipway.docker.discovery;

import java.io.PrintStream;

/**
 * Prints the Engine of this host for {@code ./slipway}, as lines of the form {@code name=value}.
 * Exit codes: 0 an Engine answers, 1 none answers, 2 the user named one that does not answer or
 * cannot be used.
 */
public final class FindEngine {

  private FindEngine() {}

  public static void main(String[] arguments) {
    System.exit(run(System.out, System.err));
  }

  private static int run(PrintStream out, PrintStream err) {
    try {
      return print(EngineFinder.find(), out, err);
    } catch (UnsupportedEngine problem) {
      err.println("slipway: " + problem.getMessage());
      return 2;
    }
  }

  static int print(EngineChoice choice, PrintStream out, PrintStream err) {
    out.println("host=" + choice.address());
    var tls = choice.address().tls();
    if (tls != null) {
      out.println("certificates=" + tls.folder());
      out.println("verify=" + tls.verify());
    }
    if (choice.answers()) {
      return 0;
    }
    err.println("No Docker Engine answers. Asked were:");
    err.println(choice.problems());
    return choice.candidate().chosen() ? 2 : 1;
  }
}
