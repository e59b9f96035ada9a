package dev.slipway.command.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.store.AnyJson;
import dev.slipway.command.store.EventNotStored;
import dev.slipway.command.store.RecordLimits;
import dev.slipway.command.store.StoredForm;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.api.Environment;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.attribute.ImageName;
import dev.slipway.model.attribute.ServiceName;
import dev.slipway.model.container.Container;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.wire.Wire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Whatever body of a service is accepted, every event that follows from it reads back as it is, and
 * every record that is made of it can be published.
 */
class AcceptedBodiesTest {

  private static final Environment ENVIRONMENT =
      new Environment(new Addressing("localhost"), "http://localhost:8080");
  private static final int LARGEST_RECORD = 3 * new RecordLimits().largestEvent();

  @Property(tries = 500)
  void everyEventReadsBackAndCanBePublished(@ForAll long seed) {
    var any = new AnyJson(new Random(seed));
    int accepted = 0;
    try {
      var given = after(Given.nothing(), create(any));
      accepted++;
      given = after(given, Given.start());
      fits(given);
      given = after(given.allRun(), update(any));
      accepted++;
      given = after(given, Given.redeploy());
      fits(given.allRun());
    } catch (InvalidInput | CommandRejected | EventNotStored refused) {
      assertThat(refused).hasMessageNotContaining("Exception");
    }
    Statistics.label("accepted bodies")
        .collect(accepted)
        .coverage(
            seen -> {
              seen.check(0).percentage(share -> share < 70);
              seen.check(2).percentage(share -> share > 5);
            });
  }

  /** The state after a command, whose events are stored on the way. */
  private static Given after(Given given, ServiceCommand command) {
    given.when(command).forEach(StoredForm::check);
    return given.after(command);
  }

  /** An assignment has the definition, and the variables of the container. */
  private static void fits(Given given) {
    var service = given.service();
    for (Container container : service.fleet().containers()) {
      int bytes =
          Wire.write(service.definitions().of(container)).length
              + Wire.write(variables(service, container)).length;
      assertThat(bytes).isLessThanOrEqualTo(LARGEST_RECORD);
    }
  }

  private static List<?> variables(Service service, Container container) {
    return ENVIRONMENT.toSet(service, container);
  }

  private static CreateService create(AnyJson any) {
    var body = body(any);
    any.put(Attributes.IMAGE, body);
    var definition = ServiceDefinition.read(body);
    if (!definition.sets(Attributes.IMAGE)) {
      throw new InvalidInput("image", "is required");
    }
    if (!definition.sets(Attributes.NAME)) {
      var derived = ImageName.serviceName(definition.get(Attributes.IMAGE));
      assertThat(Attributes.NAME.kind().read("name", derived)).isEqualTo(derived);
      definition = definition.with(Attributes.NAME, derived);
    }
    return new CreateService(Given.WEB, Given.asked(), definition);
  }

  private static UpdateService update(AnyJson any) {
    var body = body(any);
    body.remove("name");
    body.remove("image_name");
    return new UpdateService(Given.WEB, Given.asked(), ServiceDefinition.read(body));
  }

  /** A few attributes: of all together hardly any body would be accepted. */
  private static Map<String, @Nullable Object> body(AnyJson any) {
    var body = new LinkedHashMap<String, @Nullable Object>();
    var all = new ArrayList<>(Attributes.all());
    for (int i = 0; i < 4; i++) {
      any.put(any.one(all), body);
    }
    body.computeIfPresent(
        "target_num_containers", (_, number) -> number instanceof Integer ? 3 : number);
    return body;
  }

  @Property(tries = 500)
  void everyDerivedNameIsLegal(@ForAll String text, @ForAll long seed) {
    var odd = text + new AnyJson(new Random(seed)).text();
    for (var name : List.of(ImageName.serviceName(odd), ServiceName.legal(odd))) {
      assertThat(Attributes.NAME.kind().read("name", name)).isEqualTo(name);
    }
  }
}
