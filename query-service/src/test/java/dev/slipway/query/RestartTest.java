package dev.slipway.query;

import static dev.slipway.query.service.Happenings.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.container.ContainerId;
import dev.slipway.model.container.LogLine;
import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.model.wire.Wire;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.projection.Stores;
import dev.slipway.query.service.Happenings;
import java.net.URLEncoder;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A query side that ends, and another one that goes on with its log and its database. */
class RestartTest {

  final FakeLog log = new FakeLog();
  final String database = Stores.freshUri();
  final ServiceId web = new ServiceId(UUID.randomUUID().toString());

  QuerySide side(String... settings) {
    return new QuerySide(log, database, _ -> {}, settings);
  }

  void line(int slot, long offset, String text) {
    var container = ContainerId.of(web, slot, 1);
    var at = START.plusSeconds(offset).plusMillis(slot);
    var line = new LogLine(web, container, "web-" + slot, Stream.STDOUT, at, offset, text);
    log.append(new ProducerRecord<>(Topics.LOGS.topic(), container.value(), Wire.write(line)));
  }

  @Test
  void givesAllLinesThatWereStoredBeforeIt() throws Exception {
    Happenings.records(Happenings.running(web, "web")).forEach(log::append);
    for (int offset = 0; offset < 20; offset++) {
      line(1, offset, "line " + offset);
      line(2, offset, "line " + offset);
    }
    var path = "/api/app/v1/service/" + web + "/logs/?format=text";
    String before;
    try (var side = side("--slipway.logs.max-age=100000d")) {
      await().until(() -> side.get(path).body().lines().count() == 40);
      before = side.get(path).body();
    }
    try (var side = side("--slipway.logs.max-age=100000d")) {
      assertThat(side.get(path).body()).isEqualTo(before);
    }
  }

  @Test
  void knowsAPositionOfBeforeAndRefusesOneOfATopicThatWasMadeAnew() {
    Happenings.records(Happenings.running(web, "web")).forEach(log::append);
    for (int offset = 0; offset < 20; offset++) {
      line(1, offset, "line " + offset);
    }
    var path = "/api/app/v1/service/" + web + "/logs/?since=";
    String position;
    try (var side = side("--slipway.logs.max-age=100000d")) {
      await()
          .until(
              () -> side.get(path.replace("since=", "format=text")).body().lines().count() == 20);
      await().until(() -> position(side).contains("~~"));
      position = URLEncoder.encode(position(side), UTF_8);
    }
    try (var side = side("--slipway.logs.max-age=100000d")) {
      assertThat(side.refusal(path + position, QuerySide.AUTHORIZATION)).isEqualTo(101);
    }
    log.topicId("second");
    try (var side = side("--slipway.logs.max-age=100000d")) {
      await()
          .untilAsserted(
              () ->
                  assertThat(side.refusal(path + position, QuerySide.AUTHORIZATION))
                      .isEqualTo(410));
    }
  }

  String position(QuerySide side) {
    try (var frames = side.open("/api/app/v1/service/" + web + "/logs/?positions=true")) {
      await().until(() -> frames.received.size() >= 20);
      var last = JsonMapper.shared().readTree(frames.received.get(19));
      return last.get("position").asString();
    }
  }
}
