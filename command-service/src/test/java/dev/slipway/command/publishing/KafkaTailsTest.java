package dev.slipway.command.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.publishing.KafkaTails.Tail;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import dev.slipway.model.wire.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class KafkaTailsTest {

  private static final LogStamp STAMP = new LogStamp("here", 1, new LogTerm(1, "a"), 7);

  private final ConsumerRecord<String, byte[]> kafka =
      new ConsumerRecord<>(Topics.STACK_EVENTS.topic(), 0, 5, "web", new byte[0]);

  @Test
  void theTailIsNeitherStampNorEventIfTheRecordHasNoHeaders() {
    assertThat(KafkaTails.tail(kafka)).isEqualTo(new Tail(null, null));
  }

  @Test
  void theStampIsReadThoughTheEventCannotBe() {
    STAMP.writeTo(kafka.headers());
    kafka.headers().add("ce_id", "1".getBytes(UTF_8)).add("sequence", "many".getBytes(UTF_8));
    assertThat(KafkaTails.tail(kafka)).isEqualTo(new Tail(STAMP, null));
  }

  @Test
  void headersWithoutValuesAreUnreadable() {
    kafka.headers().add("slipway-installation", null).add("ce_id", null);
    assertThat(KafkaTails.tail(kafka)).isEqualTo(new Tail(null, null));
  }
}
