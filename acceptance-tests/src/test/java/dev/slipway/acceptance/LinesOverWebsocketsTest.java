package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What real containers say, whatever it is, as a reader of frames gets it. */
class LinesOverWebsocketsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST = 64 * 1024;
  private static final int COUNTED = 4_000;

  private static Slipway slipway;

  private String service = "";

  @BeforeAll
  static void start(@TempDir Path data) {
    slipway = Slipway.up(data, Program.freePort(), Program.freePort());
  }

  @AfterAll
  static void stop() {
    slipway.close();
  }

  /** What is removed by hand would be made again. */
  @AfterEach
  void end() {
    slipway.api().delete(service).is(202);
    await()
        .atMost(PATIENCE)
        .until(() -> slipway.api().get(service).text("state").equals("Terminated"));
  }

  /** Where the lines are of a container that says this. */
  private String saying(String script) {
    var command = "sh -c '" + script + "; sleep 3600'";
    var created =
        slipway.api().post(SERVICES, Map.of("image", Engine.IMAGE, "run_command", command)).is(201);
    service = created.text("resource_uri");
    slipway.api().post(service + "start/").is(202);
    return service + "logs/";
  }

  private static List<JsonNode> awaitLines(String logs, int count) {
    var lines = new ArrayList<JsonNode>();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              lines.clear();
              lines.addAll(slipway.api().stream(logs + "?follow=false"));
              assertThat(lines).hasSize(count);
            });
    return lines;
  }

  private static String text(JsonNode line) {
    return line.path("log").asString().stripTrailing();
  }

  @Test
  void aLineOf64KilobytesArrivesWhole() {
    var logs =
        saying(
            "echo before; head -c %d /dev/zero | tr \"\\0\" x; echo; echo after"
                .formatted(LONGEST));
    assertThat(awaitLines(logs, 3))
        .extracting(LinesOverWebsocketsTest::text)
        .containsExactly("before", "x".repeat(LONGEST), "after");
  }

  @Test
  void bytesThatAreNoTextBreakNoLineAndShiftNone() {
    var logs = saying("printf \"before\\na\\377\\376b\\n\\303\\n\\303\\251\\nafter\\n\"");
    assertThat(awaitLines(logs, 5))
        .extracting(LinesOverWebsocketsTest::text)
        .containsExactly("before", "a\uFFFD\uFFFDb", "\uFFFD", "é", "after");
  }

  @Test
  void eachLineSaysWhichStreamItIsOf() {
    var logs = saying("echo out; echo err >&2; echo more; echo worse >&2");
    var lines = awaitLines(logs, 4);
    assertThat(lines).allSatisfy(line -> assertThat(line.path("type").asString()).isEqualTo("log"));
    assertThat(of("stdout", lines)).containsExactly("out", "more");
    assertThat(of("stderr", lines)).containsExactly("err", "worse");
  }

  private static List<String> of(String stream, List<JsonNode> lines) {
    return lines.stream()
        .filter(line -> line.path("streamType").asString().equals(stream))
        .map(LinesOverWebsocketsTest::text)
        .toList();
  }

  @Test
  void aReaderThatComesBackAgainAndAgainGetsEachLineOnce() throws Exception {
    var logs =
        saying("i=0; while [ $i -lt %d ]; do echo $i; i=$((i + 1)); done".formatted(COUNTED));
    long seed = Long.getLong("lines.seed", System.nanoTime());
    System.out.println("lines.seed=" + seed);
    var random = new Random(seed);
    var lines = new ArrayList<String>();
    var place = "2000-01-01T00:00:00Z";
    int connections = 0;
    while (lines.size() < COUNTED) {
      int enough = Math.min(COUNTED, lines.size() + random.nextInt(1, 600));
      place = read(logs, place, enough, lines);
      connections++;
    }
    assertThat(lines).isEqualTo(IntStream.range(0, COUNTED).mapToObj(Integer::toString).toList());
    assertThat(connections).isGreaterThan(COUNTED / 600);
  }

  /** Adds lines from a place until there are so many, and tells the place of the last. */
  private static String read(String logs, String place, int enough, List<String> lines)
      throws Exception {
    var since = URLEncoder.encode(place, StandardCharsets.UTF_8);
    var last = new String[] {place};
    slipway
        .api()
        .follow(
            logs + "?positions=true&since=" + since,
            frame -> {
              last[0] = frame.path("position").asString();
              lines.add(text(frame));
              return lines.size() < enough;
            });
    return last[0];
  }
}
