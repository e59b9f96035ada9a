package dev.slipway.query.openapi;

import static dev.slipway.model.attribute.Attribute.Trait.FIXED;
import static dev.slipway.model.attribute.Attribute.Trait.IN_CONTAINER;
import static dev.slipway.model.attribute.Attribute.Trait.NULLABLE;

import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.ServiceLifecycle;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Services and their containers, as the table of attributes has them. */
final class ServiceSchemas {

  private static final Map<String, String> RICHER =
      Map.of("container_ports", "Port", "linked_to_service", "Link", "bindings", "Binding");

  private final Schemas schemas;

  ServiceSchemas(Schemas schemas) {
    this.schemas = schemas;
  }

  void describe() {
    parts();
    var create = schemas.object("ServiceCreate").is(false);
    var update = schemas.object("ServiceUpdate").is(false);
    for (var attribute : Attributes.all()) {
      create.is(attribute.equals(Attributes.IMAGE)).add(attribute.name(), atCreation(attribute));
      if (!attribute.is(FIXED)) {
        update.add(attribute.name(), sent(attribute));
      }
    }
    service();
    container();
  }

  private void parts() {
    port("Port");
    port("ContainerPort").text("uri_protocol");
    schemas.object("Link").text("name").uri("from_service", "to_service");
    schemas
        .object("Binding")
        .textOrNull("host_path", "container_path")
        .flag("rewritable")
        .uriOrNull("volumes_from");
    schemas
        .object("CalculatedVariable")
        .text("key", "value")
        .oneOf("origin", List.of("user", "image", "tutum"));
    schemas
        .object("ContainerLink")
        .text("name")
        .uri("from_container", "to_container")
        .add("endpoints", Types.mapOf(Types.text()));
    schemas.object("Metric").add("cpu", Types.number()).whole("memory", "disk");
  }

  private Shape port(String name) {
    return schemas
        .object(name)
        .oneOf("protocol", List.of("tcp", "udp"))
        .whole("inner_port")
        .wholeOrNull("outer_port")
        .flag("published")
        .text("port_name")
        .textOrNull("endpoint_uri");
  }

  private Schema<Object> sent(Attribute<?> attribute) {
    var type = Types.of(attribute.kind().type(), schemas);
    return attribute.is(NULLABLE) ? Types.orNull(type) : type;
  }

  private <T> Schema<Object> atCreation(Attribute<T> attribute) {
    var type = sent(attribute);
    if (attribute.unset() != null) {
      type.setDefault(attribute.kind().write(attribute.unset()));
    }
    return type;
  }

  private void service() {
    var service = schemas.object("Service").uuid("uuid").uri("resource_uri");
    for (var attribute : Attributes.all()) {
      if (attribute.equals(Attributes.IMAGE)) {
        service.text("image_name");
      } else if (attribute.equals(Attributes.NICKNAME)) {
        service.text("nickname");
      } else {
        service.add(attribute.name(), shown(attribute));
      }
    }
    service
        .textOrNull("public_dns")
        .oneOf("state", Arrays.stream(ServiceLifecycle.values()).map(s -> s.text()).toList())
        .flag("synchronized")
        .uriOrNull("stack")
        .listOf("Link", "linked_from_service")
        .whole("current_num_containers", "running_num_containers", "stopped_num_containers")
        .dateOrNull("deployed_datetime", "started_datetime")
        .dateOrNull("stopped_datetime", "destroyed_datetime")
        .uris("containers")
        .optional()
        .listOf("CalculatedVariable", "calculated_envvars")
        .add("link_variables", Types.mapOf(Types.text()));
  }

  private Schema<Object> shown(Attribute<?> attribute) {
    var richer = RICHER.get(attribute.name());
    return richer == null ? sent(attribute) : Types.listOf(Types.ref(richer));
  }

  private void container() {
    var container =
        schemas
            .object("Container")
            .uuid("uuid")
            .uri("resource_uri", "service", "node")
            .text("name", "image_name", "public_dns")
            .oneOf("state", Arrays.stream(ContainerPhase.values()).map(p -> p.text()).toList())
            .flag("synchronized", "paused")
            .textOrNull("private_ip", "docker_id", "exit_code_msg", "waiting_reason", "health")
            .textOrNull("health_msg", "image_msg")
            .wholeOrNull("exit_code")
            .whole("restart_count")
            .listOf("ContainerPort", "container_ports")
            .listOf("ContainerLink", "linked_to_container")
            .dateOrNull("deployed_datetime", "started_datetime")
            .dateOrNull("stopped_datetime", "destroyed_datetime")
            .add("last_metric", Types.orNull(Types.ref("Metric")));
    Attributes.all().stream()
        .filter(attribute -> attribute.is(IN_CONTAINER) && !attribute.equals(Attributes.IMAGE))
        .filter(attribute -> !attribute.equals(Attributes.CONTAINER_PORTS))
        .filter(attribute -> !attribute.equals(Attributes.LINKED_TO_SERVICE))
        .forEach(attribute -> container.add(attribute.name(), sent(attribute)));
    container.add(Attributes.AUTODESTROY.name(), sent(Attributes.AUTODESTROY));
    container.optional().add("link_variables", Types.mapOf(Types.text()));
  }
}
