package dev.slipway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.wire.EventTypes;
import dev.slipway.model.wire.Wire;
import java.util.HashMap;
import org.junit.jupiter.api.Test;

class SyntheticLogTest {

  @Test
  void isTheLogOfServicesWithoutAGap() {
    var log = new SyntheticLog(50);
    var services = new HashMap<String, Service>();
    for (int i = 0; i < log.size(); i++) {
      var stored = log.event(i);
      var event = (ServiceEvent) Wire.read(stored.event(), EventTypes.named(log.type(i)));
      var service = Service.evolve(services.get(stored.subject()), event, stored.at());
      assertThat(service.version()).isEqualTo(stored.sequence());
      services.put(stored.subject(), service);
    }

    assertThat(services).hasSize(5);
    assertThat(services.values()).allMatch(service -> service.version() == SyntheticLog.EACH - 1);
  }
}
