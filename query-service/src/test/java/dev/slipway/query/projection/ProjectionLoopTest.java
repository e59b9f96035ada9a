package dev.slipway.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoDatabase;
import dev.slipway.http.ApiFailure;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import dev.slipway.model.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** The loop, with a projection that only writes down what it was given. */
class ProjectionLoopTest {

  static final String TOPIC = Topics.NODE_EVENTS.topic();

  final FakeLog log = new FakeLog();
  final MongoDatabase database = Stores.standIn();
  final List<ProjectionLoop> started = new ArrayList<>();

  @AfterEach
  void stop() {
    started.forEach(ProjectionLoop::stop);
  }

  /** Numbers in their order; one that skips a number says that events are missing. */
  static final class Numbers implements Projection<Integer> {

    final List<Integer> applied = Collections.synchronizedList(new ArrayList<>());
    final Map<Integer, Integer> last = new HashMap<>();
    final Set<Integer> forgotten = new HashSet<>();
    final CountDownLatch goOn = new CountDownLatch(1);
    volatile int waitBefore = -1;
    volatile int failures;

    @Override
    public Topics topic() {
      return Topics.NODE_EVENTS;
    }

    @Override
    public void prepare() {}

    @Override
    public Unreadable unreadable() {
      return Unreadable.STOPS;
    }

    @Override
    public void forget() {
      applied.clear();
      last.clear();
    }

    @Override
    public Integer read(ConsumerRecord<String, byte[]> kafka) {
      return Integer.valueOf(new String(kafka.value(), StandardCharsets.UTF_8));
    }

    @Override
    public void apply(List<Message<Integer>> messages) throws EventsMissing {
      if (failures > 0) {
        failures--;
        throw new IllegalStateException("the store fails");
      }
      for (var message : messages) {
        if (message.value() == waitBefore) {
          waitUntil(goOn);
        }
        int version = last.getOrDefault(0, -1);
        if (message.value() > version + 1) {
          throw new EventsMissing(message, "it", version, message.value());
        }
        applied.add(message.value());
        last.merge(0, message.value(), Math::max);
      }
    }
  }

  static void waitUntil(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  void append(String... numbers) {
    for (var number : numbers) {
      log.append(new ProducerRecord<>(TOPIC, "it", number.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void append(int epoch, String number) {
    var record = new ProducerRecord<>(TOPIC, "it", number.getBytes(StandardCharsets.UTF_8));
    new LogStamp("here", epoch, new LogTerm(epoch, "a"), 1).writeTo(record.headers());
    log.append(record);
  }

  @Test
  void beginsAgainWithALogThatWasMadeAnew() {
    append(1, "0");
    append(1, "1");
    append(1, "2");
    var numbers = new Numbers();
    var loop = start(numbers);
    await().until(() -> loop.status().isReady());
    append(2, "0");
    append(2, "1");
    append(1, "9");
    await().untilAsserted(() -> assertThat(numbers.applied).containsExactly(0, 1));
    await().until(() -> loop.status().isReady());
  }

  ProjectionLoop start(Numbers numbers) {
    var surroundings = new ProjectionLoop.Surroundings(log, new OffsetStore(database), false);
    var loop = new ProjectionLoop("test", List.of(numbers), surroundings);
    started.add(loop);
    loop.start();
    return loop;
  }

  @Test
  void isBuiltOnceAllIsReadThatWasThereAtTheStart() {
    append("0", "1", "2");
    log.pollSize(1);
    var numbers = new Numbers();
    var loop = start(numbers);
    await().until(() -> loop.status().isReady());
    assertThat(numbers.applied).containsExactly(0, 1, 2);
  }

  @Test
  void answersThatTheReadModelIsBeingBuiltUntilThen() {
    append("0", "1", "2", "3");
    log.pollSize(1);
    var numbers = new Numbers();
    numbers.waitBefore = 2;
    var loop = start(numbers);
    var projections = new Projections(List.of(loop), false);
    await().until(() -> loop.status().percent() == 50);
    assertThatThrownBy(projections::requireBuilt)
        .isInstanceOf(ApiFailure.class)
        .hasMessage("the read model is being built: 50 %");
    assertThat(new ProjectionHealth(projections).health().getStatus())
        .isEqualTo(Status.OUT_OF_SERVICE);
    numbers.goOn.countDown();
    await().until(() -> loop.status().isReady());
    projections.requireBuilt();
    assertThat(new ProjectionHealth(projections).health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void goesOnWhereItWasAfterARestart() {
    append("0", "1");
    var first = new Numbers();
    start(first);
    await().until(() -> stored() == 2);
    started.removeFirst().stop();
    append("2");
    var second = new Numbers();
    second.last.put(0, 1);
    var loop = start(second);
    await().until(() -> loop.status().isReady() && second.applied.size() == 1);
    assertThat(second.applied).containsExactly(2);
  }

  long stored() {
    return new ViewCollection(database, "offsets").version(TOPIC + "-0");
  }

  @Test
  void readsATopicThatWasMadeAnewFromItsBeginning() {
    append("0", "1");
    start(new Numbers());
    await().until(() -> stored() == 2);
    started.removeFirst().stop();
    log.topicId("second");
    var numbers = new Numbers();
    start(numbers);
    await().until(() -> numbers.applied.size() == 2);
  }

  @Test
  void triesAgainUntilTheStoreWorks() {
    var numbers = new Numbers();
    numbers.failures = 3;
    append("0", "1");
    var loop = start(numbers);
    await().until(() -> loop.status().describe().get("state").toString().contains("store fails"));
    await().until(() -> loop.status().isReady());
    assertThat(numbers.applied).containsExactly(0, 1);
  }

  @Test
  void opensTheLogAgainWhenItFails() {
    var numbers = new Numbers();
    var loop = start(numbers);
    await().until(() -> loop.status().isReady());
    log.fail(2);
    await().until(() -> log.consumersOpened() >= 3);
    append("0");
    await().until(() -> loop.status().isReady() && numbers.applied.equals(List.of(0)));
  }

  @Test
  void parksTheSubjectOfWhatItCannotReadAndGoesOn() {
    append("0", "1", "?", "2");
    var numbers = new Numbers();
    var loop = start(numbers);
    await().until(() -> loop.status().isReady() && numbers.applied.equals(List.of(0, 1, 2)));
    assertThat(loop.status().parked()).hasSize(1);
    assertThat(loop.status().parked().getFirst().subject()).isEqualTo("it");
    assertThat(loop.status().parked().getFirst().offset()).isEqualTo(2);
    var health = new ProjectionHealth(new Projections(List.of(loop), false)).health();
    assertThat(health.getStatus().getCode()).isEqualTo("DEGRADED");
    await().until(() -> stored() == 2);
  }

  @Test
  void readsAgainFromTheBeginningWhenEventsAreMissing() {
    append("0", "1");
    start(new Numbers());
    await().until(() -> stored() == 2);
    started.removeFirst().stop();
    append("2");
    var forgetful = new Numbers();
    var loop = start(forgetful);
    await().until(() -> forgetful.applied.equals(List.of(0, 1, 2)));
    await().until(() -> loop.status().isReady());
  }

  @Test
  void stopsWhenEventsAreMissingInTheLogItself() {
    append("0", "2");
    var loop = start(new Numbers());
    await().until(() -> loop.status().describe().containsKey("stopped"));
    assertThat(loop.status().isReady()).isFalse();
    assertThat(loop.status().topics())
        .isNotEmpty()
        .allSatisfy(topic -> assertThat(loop.status().knownLag(topic)).isNaN());
    assertThat(loop.status().describe().get("lag").toString()).contains("unknown");
  }
}
