package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/** What a container says arrives once and in order, whatever breaks on the way. */
class LinesThroughBreaksTest {

  private static final int LINES = 100_000;
  private static final int CONNECTIONS = 11;
  private static final String WRITES =
      "sh -c 'L=$(yes 0123456789 | head -c 1100 | tr -d \"\\n\"); i=0;"
          + " while [ $i -lt "
          + LINES
          + " ]; do echo \"$i $L\"; i=$((i + 1)); done; sleep 3600'";

  /** A reader that comes back with the place that it had come to. */
  private static final class Reader {

    private final Api api;
    private final String path;
    private String place = "";
    private int next;
    private long characters;
    private int connectionsLost;

    Reader(Api api, String path) {
      this.api = api;
      this.path = path;
    }

    /** Until so many lines have come in all, on a connection of its own or on several. */
    void read(int until) throws Exception {
      while (next < until) {
        try {
          readOn(api.events(path, place), until);
        } catch (UncheckedIOException broken) {
          connectionsLost++;
        }
      }
    }

    private void readOn(HttpResponse<Stream<String>> answer, int until) {
      try (var lines = answer.body()) {
        if (answer.statusCode() != 200) {
          return; // it is not there yet, and is asked again
        }
        var each = lines.iterator();
        var id = place;
        while (next < until && each.hasNext()) {
          var line = each.next();
          if (line.startsWith("id:")) {
            id = line.substring("id:".length()).strip();
          } else if (line.startsWith("data:")) {
            take(line.substring("data:".length()));
            place = id;
          }
        }
      }
    }

    private void take(String json) {
      var text = JsonMapper.shared().readTree(json).path("log").asString();
      assertThat(text.substring(0, text.indexOf(' '))).isEqualTo(Integer.toString(next));
      characters += text.length();
      next++;
    }
  }

  @Test
  @Timeout(value = 6, unit = TimeUnit.MINUTES)
  void losesDoublesAndReordersNothingIn100Megabytes() throws Exception {
    var settings = Map.of("SLIPWAY_LOGS_MAX_LINES", "200000", "SLIPWAY_LOGS_MAX_SIZE", "256MB");
    try (var install = new Install(1, settings)) {
      var uri = install.create("talks", 1, Map.of("run_command", WRITES));
      install.api.post(uri + "start/").is(202);
      install.awaitState(uri, "Running");
      var reader = new Reader(install.api, uri + "logs/?format=sse&since=2000-01-01T00%3A00%3A00Z");
      for (int connection = 1; connection <= CONNECTIONS; connection++) {
        reader.read(LINES / CONNECTIONS * connection);
        switch (connection) {
          case 3 -> install.hosts.getFirst().restartAgent();
          case 6 -> install.kafka.restart();
          default -> {}
        }
      }
      reader.read(LINES);
      assertThat(reader.connectionsLost).as("by the server").isLessThan(CONNECTIONS);
      assertThat(reader.next).isEqualTo(LINES);
      assertThat(reader.characters).isGreaterThan(100_000_000);
      install.api.delete(uri).is(202);
      install.awaitState(uri, "Terminated");
    }
  }
}
