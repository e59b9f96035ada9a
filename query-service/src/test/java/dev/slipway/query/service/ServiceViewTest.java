package dev.slipway.query.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceId;
import dev.slipway.query.container.ContainerView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceViewTest {

  static final ServiceId WEB = new ServiceId("3f0c7d7e-0000-4000-8000-000000000001");

  /** What is stored after some batches. */
  record Stored(Service service, Map<String, ContainerView> containers) {}

  static Stored plain(List<ServiceEvent> events) {
    return inBatches(events, events.size(), new Random(0), false);
  }

  static Stored inBatches(List<ServiceEvent> events, int longest, Random random, boolean again) {
    Service stored = null;
    var containers = new HashMap<String, ContainerView>();
    int next = 0;
    while (next < events.size()) {
      int from = again ? random.nextInt(next + 1) : next;
      int to = Math.min(events.size(), next + 1 + random.nextInt(longest));
      var view = new ServiceView(stored);
      for (int sequence = from; sequence < to; sequence++) {
        var envelope = Happenings.envelope(events.get(sequence), sequence);
        if (!view.includes(sequence)) {
          assertThat(view.isNext(sequence)).isTrue();
          view.evolve(events.get(sequence), envelope.at());
        }
      }
      stored = view.service();
      view.changedContainers()
          .forEach(changed -> containers.put(changed.container().id().value(), changed));
      next = to;
    }
    return new Stored(stored, containers);
  }

  @Test
  void isTheSameHoweverEventsAreCutIntoBatchesAndRepeated() {
    for (long seed = 0; seed < 200; seed++) {
      var events = Happenings.random(seed, WEB, 60);
      var plain = plain(events);
      var random = new Random(seed);
      assertThat(inBatches(events, 1, random, false)).as("seed %d", seed).isEqualTo(plain);
      assertThat(inBatches(events, 7, random, true)).as("seed %d", seed).isEqualTo(plain);
      assertThat(inBatches(events, 20, random, true)).as("seed %d", seed).isEqualTo(plain);
    }
  }

  @Test
  void endsWithTheFoldThatBothSidesShare() {
    var events = Happenings.random(5, WEB, 60);
    Service folded = null;
    for (int sequence = 0; sequence < events.size(); sequence++) {
      folded =
          Service.evolve(
              folded,
              events.get(sequence),
              Happenings.envelope(events.get(sequence), sequence).at());
    }
    assertThat(plain(events).service()).isEqualTo(folded);
  }

  @Test
  void isReadBackAsItWasStored() {
    for (long seed = 0; seed < 50; seed++) {
      var service = plain(Happenings.random(seed, WEB, 40)).service();
      assertThat(ServiceDocument.service(ServiceDocument.of(service))).isEqualTo(service);
    }
  }

  @Test
  void remembersContainersThatAreGone() {
    var events = new java.util.ArrayList<>(Happenings.running(WEB, "web"));
    events.addAll(Happenings.terminated(WEB));
    var stored = plain(events);
    assertThat(stored.service().fleet().containers()).isEmpty();
    assertThat(stored.containers().values())
        .hasSize(2)
        .allSatisfy(
            view -> {
              assertThat(view.container().phase().text()).isEqualTo("Terminated");
              assertThat(view.container().runtime().dates().destroyed()).isNotNull();
            });
  }
}
