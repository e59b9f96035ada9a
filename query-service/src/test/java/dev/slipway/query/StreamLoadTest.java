package dev.slipway.query;

import static dev.slipway.query.service.Happenings.START;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many readers of one service, and much to read. */
class StreamLoadTest {

  static final Duration PATIENCE = Duration.ofMinutes(2);

  static QuerySide side;
  static ServiceId web;

  @BeforeAll
  static void start() {
    side =
        new QuerySide(_ -> {}, "--slipway.logs.max-lines=300000", "--slipway.logs.max-age=100000d");
    web = new ServiceId(UUID.randomUUID().toString());
    Happenings.records(Happenings.running(web, "web")).forEach(side.log::append);
    await().until(() -> side.get("/api/app/v1/service/" + web).statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    side.close();
  }

  static void line(int slot, long offset, String text) {
    var container = ContainerId.of(web, slot, 1);
    var line =
        new LogLine(
            web, container, "web-" + slot, Stream.STDOUT, START.plusNanos(offset), offset, text);
    side.log.append(new ProducerRecord<>(Topics.LOGS.topic(), container.value(), Wire.write(line)));
  }

  /** Takes lines that begin with their number, and notes the first that is out of order. */
  static final class Counter implements WebSocket.Listener {

    static final String BEFORE = "\"log\":\"";

    final AtomicLong lines = new AtomicLong();
    final AtomicLong characters = new AtomicLong();
    final AtomicReference<String> wrong = new AtomicReference<>();
    private final StringBuilder frame = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      frame.append(data);
      if (last) {
        int from = frame.indexOf(BEFORE) + BEFORE.length();
        long number = Long.parseLong(frame, from, frame.indexOf(" ", from), 10);
        if (number != lines.get()) {
          wrong.compareAndSet(null, "line %d after %d lines".formatted(number, lines.get()));
        }
        characters.addAndGet(frame.length());
        lines.incrementAndGet();
        frame.setLength(0);
      }
      socket.request(1);
      return null;
    }
  }

  static WebSocket open(HttpClient client, String path, Counter counter) {
    return client
        .newWebSocketBuilder()
        .header("Authorization", QuerySide.AUTHORIZATION)
        .buildAsync(URI.create("ws://127.0.0.1:%d%s".formatted(side.port(), path)), counter)
        .join();
  }

  @Test
  void givesAThousandFollowersOfOneServiceEveryLineInOrder() {
    int count = 1_000;
    int lines = 200;
    try (var client = HttpClient.newHttpClient()) {
      var sockets = new ArrayList<WebSocket>();
      var counters = new ArrayList<Counter>();
      for (int i = 0; i < count; i++) {
        counters.add(new Counter());
        sockets.add(
            open(
                client,
                "/api/app/v1/container/%s/logs/".formatted(ContainerId.of(web, 1, 1)),
                counters.getLast()));
      }
      await().until(() -> followers() == count);
      for (int i = 0; i < lines; i++) {
        line(1, i, i + " of a thousand");
      }
      await()
          .atMost(PATIENCE)
          .until(() -> counters.stream().allMatch(counter -> counter.lines.get() >= lines));
      assertThat(counters).allSatisfy(c -> assertThat(c.wrong.get()).isNull());
      sockets.forEach(WebSocket::abort);
      await().atMost(PATIENCE).until(() -> followers() == 0);
    }
  }

  static long followers() {
    return (long) side.bean(MeterRegistry.class).get("slipway.log.streams").gauge().value();
  }

  @Test
  void losesDoublesAndReordersNothingIn100MegabytesOfOneContainer() {
    int lines = 100_000;
    var text = " " + "x".repeat(1_020);
    try (var client = HttpClient.newHttpClient()) {
      var counter = new Counter();
      var socket =
          open(
              client,
              "/api/app/v1/container/%s/logs/".formatted(ContainerId.of(web, 2, 1)),
              counter);
      await().until(() -> followers() >= 1);
      for (int i = 0; i < lines; i++) {
        line(2, i, i + text);
        if (i % 1_000 == 999) {
          line(2, i - 500, (i - 500) + text); // shipped again
        }
      }
      await().atMost(PATIENCE).until(() -> counter.lines.get() >= lines);
      assertThat(counter.wrong.get()).isNull();
      assertThat(counter.characters.get()).isGreaterThan(100_000_000);
      socket.abort();
    }
  }
}
