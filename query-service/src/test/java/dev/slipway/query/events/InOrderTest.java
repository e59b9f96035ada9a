package dev.slipway.query.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Namespace;
import dev.slipway.query.events.Change.Thing;
import dev.slipway.query.events.Change.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InOrderTest {

  static final long HOLD = 250;

  final InOrder inOrder = new InOrder(HOLD);

  static Change change(long position) {
    var thing =
        new Thing(EventType.SERVICE, Verb.UPDATE, "/thing/" + position + "/", List.of(), "Running");
    return new Change(
        "event-" + position, position, Instant.EPOCH, new Namespace("admin"), List.of(thing));
  }

  List<String> release(long now, long... positions) {
    for (long position : positions) {
      inOrder.add(change(position), now);
    }
    for (long position : positions) {
      inOrder.ready(change(position));
    }
    return uris(inOrder.letOut(now));
  }

  static List<String> uris(List<StreamEvent> events) {
    return events.stream().map(event -> event.thing().resourceUri()).toList();
  }

  @Test
  void letsOutAtOnceWhatFollowsDirectly() {
    assertThat(release(0, 0, 1, 2)).containsExactly("/thing/0/", "/thing/1/", "/thing/2/");
  }

  @Test
  void waitsForWhatStillComesFromAnotherTopic() {
    assertThat(release(0, 1)).isEmpty();
    assertThat(release(1, 0)).containsExactly("/thing/0/", "/thing/1/");
  }

  @Test
  void waitsForAGapNoLongerThanAMoment() {
    assertThat(release(0, 7)).isEmpty();
    assertThat(uris(inOrder.letOut(HOLD))).containsExactly("/thing/7/");
  }

  @Test
  void waitsForAViewThatIsNotWrittenYet() {
    inOrder.add(change(0), 0);
    assertThat(release(0, 1)).isEmpty();
    inOrder.ready(change(0));
    assertThat(uris(inOrder.letOut(0))).containsExactly("/thing/0/", "/thing/1/");
  }

  @Test
  void putsBehindWhatComesTooLate() {
    assertThat(release(0, 0)).hasSize(1);
    inOrder.add(change(5), 0);
    inOrder.ready(change(5));
    var five = inOrder.letOut(HOLD);
    inOrder.add(change(3), HOLD);
    inOrder.ready(change(3));
    var three = inOrder.letOut(HOLD);
    assertThat(uris(three)).containsExactly("/thing/3/");
    assertThat(three.getFirst().order()).isGreaterThan(five.getFirst().order());
  }

  @Test
  void tellsWhatIsAddedAgainOnce() {
    var first = inOrder.add(change(0), 0);
    assertThat(inOrder.add(change(0), 0)).isEqualTo(first);
    inOrder.ready(change(0));
    assertThat(inOrder.letOut(0)).hasSize(1);
  }

  @Test
  void losesAndRepeatsNothingInWhateverOrderChangesCome() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var order = new InOrder(HOLD);
      var positions = new ArrayList<Long>();
      for (long position = 0; position < 60; position++) {
        if (random.nextInt(10) > 0) {
          positions.add(position);
        }
      }
      Collections.shuffle(positions, random);
      var told = new ArrayList<StreamEvent>();
      long now = 0;
      for (long position : positions) {
        now += random.nextInt(200);
        order.add(change(position), now);
        order.ready(change(position));
        told.addAll(order.letOut(now));
      }
      told.addAll(order.letOut(now + HOLD));
      assertThat(uris(told)).doesNotHaveDuplicates().hasSize(positions.size());
      assertThat(told.stream().map(StreamEvent::order)).isSorted().doesNotHaveDuplicates();
    }
  }
}
