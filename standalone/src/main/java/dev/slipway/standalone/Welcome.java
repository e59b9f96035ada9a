package dev.slipway.standalone;

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
    console.line("A first service, from an image that is on this machine:");
    console.line("");
    console.line("  AUTH=%s:$(cat %s)".formatted(settings.user(), key.file()));
    console.line("  API=%s/api/app/v1/service".formatted(settings.url()));
    console.line(
        "  ID=$(curl -s -u $AUTH $API/ -d '{\"image\":\"demo/hello\",\"name\":\"web\","
            + "\"container_ports\":[{\"protocol\":\"tcp\",\"inner_port\":80,\"outer_port\":8081}]}'"
            + " | sed -E 's/.*\"uuid\":\"([^\"]+)\".*/\\1/')");
    console.line("  curl -s -u $AUTH -X POST $API/$ID/start/");
    console.line("  curl -s --retry 5 --retry-connrefused http://127.0.0.1:8081/");
    console.line("");
    console.line("Ctrl-C stops Slipway and leaves containers running.");
  }
}
