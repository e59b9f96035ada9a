package dev.slipway.command.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import dev.slipway.model.stack.DefinedService;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestoredServicesTest {

  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  private static final ServiceId DB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000002");
  private static final ServiceId NEW_DB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000003");
  private static final ServiceId OUTSIDE = new ServiceId("5e0c7d7e-0000-4000-8000-000000000004");

  private static final List<DefinedService> PAST =
      List.of(
          new DefinedService(
              WEB,
              ServiceDefinition.read(
                  Map.of(
                      "image",
                      "demo/web",
                      "name",
                      "web",
                      "depends_on",
                      List.of(DB.value()),
                      "bindings",
                      List.of(Map.of("volumes_from", DB.value())),
                      "linked_to_service",
                      List.of(
                          Map.of("to_service", DB.value(), "name", "db"),
                          Map.of("to_service", OUTSIDE.value(), "name", "cache"))))),
          new DefinedService(DB, ServiceDefinition.read(Map.of("image", "demo/db", "name", "db"))));

  private static List<DefinedService> restored(
      Map<String, ServiceId> present, Set<ServiceId> outside) {
    return new RestoredServices(present, _ -> NEW_DB, outside::contains).of(PAST);
  }

  @Test
  void keepsServicesThatAreStillThere() {
    assertThat(restored(Map.of("web", WEB, "db", DB), Set.of(OUTSIDE))).isEqualTo(PAST);
  }

  @Test
  void makesAServiceAnewThatIsGoneAndPointsReferencesToIt() {
    var services = restored(Map.of("web", WEB), Set.of(OUTSIDE));
    assertThat(services).extracting(DefinedService::service).containsExactly(WEB, NEW_DB);
    var web = services.getFirst().definition();
    assertThat(web.get(Attributes.LINKED_TO_SERVICE))
        .extracting(ServiceLink::to)
        .containsExactly(NEW_DB, OUTSIDE);
    assertThat(web.get(Attributes.DEPENDS_ON)).containsExactly(NEW_DB);
    assertThat(web.get(Attributes.BINDINGS).getFirst().volumesFrom()).isEqualTo(NEW_DB);
  }

  @Test
  void takesTheServiceThatHasTheNameNow() {
    assertThat(restored(Map.of("web", WEB, "db", OUTSIDE), Set.of()))
        .extracting(DefinedService::service)
        .containsExactly(WEB, OUTSIDE);
  }

  @Test
  void refusesAReferenceToAServiceOutsideThatIsGone() {
    assertThatThrownBy(() -> restored(Map.of("web", WEB, "db", DB), Set.of()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("service web refers to service " + OUTSIDE + ", which is gone");
  }
}
