package dev.slipway.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.cli.output.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Runs the usual commands against a server that is part of it, so that the JVM can cache what they
 * load.
 */
public final class Rehearsal {

  private static final int ROUNDS = 5;
  private static final String UUID = "3f0c7d7e-0000-4000-8000-000000000001";
  private static final List<String> COMMANDS =
      List.of(
          "service ls",
          "ps",
          "why web",
          "history web",
          "container ls",
          "node ls",
          "stack ls",
          "action ls",
          "service show web",
          "version",
          "service start web --dry-run",
          "service ls -o json",
          "why --help",
          "nonsense");

  private static final String SERVICE =
      """
      {"uuid":"%s","resource_uri":"/api/app/v1/service/%s/","name":"web","state":"Running","image_name":"demo/hello:1",
       "running_num_containers":2,"target_num_containers":2,"stack":null,"nickname":"web","summary":"web is running",
       "container_ports":[{"inner_port":80,"outer_port":8080,"protocol":"tcp","published":true}],"slots":[],
       "created":"Fri, 02 Jan 2026 03:04:08 +0000","object":"/api/app/v1/service/%s/","user":"admin","changes":[]}
      """
          .formatted(UUID, UUID, UUID);

  private Rehearsal() {}

  public static void main(String[] arguments) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Rehearsal::answer);
    server.start();
    var environment = environment(server.getAddress().getPort());
    for (int round = 0; round < ROUNDS; round++) {
      for (var command : COMMANDS) {
        var _ = Slipway.run(environment, command.split(" ", -1));
      }
    }
    server.stop(0);
    System.exit(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    boolean one = exchange.getRequestURI().getPath().contains(UUID);
    var text = one ? SERVICE : "{\"meta\":{\"next\":null},\"objects\":[%s]}".formatted(SERVICE);
    var body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Environment environment(int port) {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Environment(
        Map.of("SLIPWAY_URL", "http://127.0.0.1:" + port, "SLIPWAY_APIKEY", "rehearsal"),
        Path.of(""),
        null,
        new ByteArrayInputStream(new byte[0]),
        nowhere,
        nowhere,
        Terminal.NONE,
        Clock.systemUTC());
  }
}
