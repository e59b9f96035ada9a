package dev.slipway.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.service.Happenings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Which readers are kept, which are let go of, and what they are told. */
class StreamEndsTest {

  static final ServiceId WEB = new ServiceId(UUID.randomUUID().toString());
  static final ContainerId ONE = ContainerId.of(WEB, 1, 1);
  static final String LOGS = "/api/app/v1/container/" + ONE + "/logs/";
  static final Duration PATIENCE = Duration.ofSeconds(60);

  static QuerySide side;

  @BeforeAll
  static void start() {
    side =
        new QuerySide(
            _ -> {},
            "--slipway.streams.ping-every=200ms",
            "--slipway.streams.silence=3s",
            "--slipway.logs.send-timeout=20s",
            "--slipway.logs.max-lines=1000");
    Happenings.records(Happenings.running(WEB, "web")).forEach(side.log::append);
    await().until(() -> side.get("/api/app/v1/container/" + ONE).statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    side.close();
  }

  static void lines(ContainerId container, int from, int to, int size) {
    for (int offset = from; offset < to; offset++) {
      var text = "x".repeat(size);
      var line = new LogLine(WEB, container, "web", Stream.STDOUT, Instant.now(), offset, text);
      side.log.append(
          new ProducerRecord<>(Topics.LOGS.topic(), container.value(), Wire.write(line)));
    }
  }

  static double dropped(String reason) {
    var counter =
        side.bean(MeterRegistry.class)
            .find("slipway.streams.dropped")
            .tag("reason", reason)
            .counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void keepsASilentClientThatAnswersPings() {
    try (var frames = side.open("/api/audit/v1/events")) {
      await().atMost(PATIENCE).until(() -> frames.pings.get() >= 20);
      assertThat(frames.isClosed()).isFalse();
    }
  }

  @Test
  void tellsAClientThatAnsweredNoPingWhyItIsLetGo() {
    var reason = "the client answers no ping";
    try (var frames = side.openUnread("/api/audit/v1/events")) {
      await().atMost(PATIENCE).until(() -> dropped(reason) == 1);
      frames.read(Long.MAX_VALUE);
      await().until(frames::isClosed);
      assertThat(frames.status).isEqualTo(1008);
      assertThat(frames.reason).isEqualTo(reason);
    }
  }

  @Test
  void refusesAMomentBeforeTheEventsThatAreKept() throws Exception {
    var path = "/api/audit/v1/events?since=";
    assertThat(side.refusal(path + "2026-01-01T00:00:00Z", QuerySide.AUTHORIZATION)).isEqualTo(410);
    assertThat(side.get(path + "1735689600&format=sse").body())
        .contains("since must be after 2026-01-02T03:04:");
    assertThat(side.refusal(path + Instant.now(), QuerySide.AUTHORIZATION)).isEqualTo(101);
  }

  @Test
  void refusesAPositionBehindWhichLinesAreNotKeptAnyMore() throws Exception {
    var two = ContainerId.of(WEB, 2, 1);
    var path = "/api/app/v1/container/" + two + "/logs/";
    lines(two, 0, 10, 10);
    var early = lastPosition(path, 10);
    assertThat(side.refusal(path + "?since=" + early, QuerySide.AUTHORIZATION)).isEqualTo(101);
    lines(two, 10, 3_000, 10);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(side.refusal(path + "?since=" + early, QuerySide.AUTHORIZATION))
                    .isEqualTo(410));
    assertThat(side.get(path + "?format=sse", "Last-Event-ID", URLDecoder.decode(early, UTF_8)))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(410))
        .satisfies(answer -> assertThat(answer.body()).contains("not kept any more"));
    var late = lastPosition(path, 300);
    assertThat(side.refusal(path + "?since=" + late, QuerySide.AUTHORIZATION)).isEqualTo(101);
  }

  static String lastPosition(String path, int atLeast) {
    try (var frames = side.open(path + "?positions=true")) {
      await().until(() -> frames.received.size() >= atLeast);
      var last = JsonMapper.shared().readTree(List.copyOf(frames.received).getLast());
      return URLEncoder.encode(last.get("position").asString(), UTF_8);
    }
  }

  /** A ping takes a turn too. */
  static boolean hasReadOne(QuerySide.Frames frames) {
    frames.read(1);
    return !frames.received.isEmpty();
  }

  @Test
  void tellsAReaderThatReadsButTooSlowlyWhatItMissed() {
    var reason = "lines that were not read yet are not kept any more";
    try (var frames = side.openUnread(LOGS)) {
      lines(ONE, 0, 1, 10);
      await().until(() -> hasReadOne(frames));
      double others = dropped(reason);
      lines(ONE, 1, 6_000, 10_000);
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                frames.read(20);
                return dropped(reason) > others;
              });
      frames.read(Long.MAX_VALUE);
      await().atMost(PATIENCE).until(frames::isClosed);
      assertThat(frames.status).isEqualTo(1008);
      assertThat(frames.reason).isEqualTo(reason);
      assertThat(frames.received).hasSizeBetween(1, 5_999);
    }
  }
}
