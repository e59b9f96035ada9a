package dev.slipway.standalone;

import java.nio.file.Path;

/** What a person needs next, once everything runs. */
final class Welcome {

  private Welcome() {}

  static void print(Running running, Settings settings, Console console) {
    var key = running.apiKey();
    console.line("");
    console.line("Slipway runs at " + settings.url());
    console.line("  user     " + settings.user());
    console.line(
        key.made()
            ? "  API key  %s  (shown this once; kept in %s)".formatted(key.value(), key.file())
            : "  API key  in " + key.file());
    var engine = running.engineChoice();
    console.line(
        engine == null
            ? "  There is no Docker Engine: containers are SIMULATED."
            : "  Engine   " + engine.candidate());
    console.line("");
    console.line("A first service, from an image that is on this machine; in another terminal:");
    console.line("");
    if (!settings.data().equals(Path.of(".slipway").toAbsolutePath())) {
      console.line("  export SLIPWAY_DATA=" + settings.data());
    }
    console.line("  ./slipway service create demo/hello --name web -p 8081:80 --start");
    console.line("  ./slipway why web");
    console.line("  curl -s --retry 5 --retry-connrefused http://127.0.0.1:8081/");
    console.line("");
    console.line("Ctrl-C stops Slipway and leaves containers running.");
  }
}
