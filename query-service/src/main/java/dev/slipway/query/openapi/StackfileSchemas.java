package dev.slipway.query.openapi;

import static dev.slipway.query.openapi.Types.either;
import static dev.slipway.query.openapi.Types.flag;
import static dev.slipway.query.openapi.Types.listOf;
import static dev.slipway.query.openapi.Types.mapOf;
import static dev.slipway.query.openapi.Types.orNull;
import static dev.slipway.query.openapi.Types.ref;
import static dev.slipway.query.openapi.Types.text;
import static dev.slipway.query.openapi.Types.whole;

import dev.slipway.model.attribute.Attribute;
import dev.slipway.model.attribute.Attributes;
import io.swagger.v3.oas.models.media.Schema;

/** A service of a stack in the words of stackfiles and Compose files. */
final class StackfileSchemas {

  private final Schemas schemas;

  StackfileSchemas(Schemas schemas) {
    this.schemas = schemas;
  }

  void describe() {
    parts();
    schemas
        .object("StackfileService")
        .open()
        .text("image")
        .optional()
        .text("name", "restart", "mem_limit", "memswap_limit", "network_mode", "log_driver")
        .add("command", textOrWords())
        .add("entrypoint", textOrWords())
        .add("environment", textsByName())
        .add("labels", textsByName())
        .add("sysctls", textsByName())
        .add("log_opt", mapOf(text()))
        .add("ports", listOf(either(textOrNumber(), ref("StackfilePort"))))
        .add("expose", listOf(textOrNumber()))
        .add("volumes", listOf(either(text(), ref("StackfileVolume"))))
        .texts("links", "volumes_from", "tags")
        .add("depends_on", either(listOf(text()), Types.anyObject()))
        .add("extra_hosts", textsByName())
        .add("tmpfs", textOrWords())
        .add("healthcheck", orNull(ref("StackfileHealthcheck")))
        .add("init", orNull(flag()))
        .text("stop_signal")
        .add("stop_grace_period", orNull(textOrNumber()))
        .add("shm_size", textOrNumber())
        .add("ulimits", either(mapOf(either(whole(), limits())), attribute(Attributes.ULIMITS)))
        .add("logging", orNull(ref("StackfileLogging")))
        .whole("target_num_containers");
  }

  private void parts() {
    schemas
        .object("StackfilePort")
        .add("target", textOrNumber())
        .optional()
        .add("published", orNull(textOrNumber()))
        .text("protocol");
    schemas
        .object("StackfileVolume")
        .text("target")
        .optional()
        .text("type", "source")
        .flag("read_only");
    schemas
        .object("StackfileHealthcheck")
        .optional()
        .add("test", orNull(textOrWords()))
        .add("interval", orNull(textOrNumber()))
        .add("timeout", orNull(textOrNumber()))
        .add("start_period", orNull(textOrNumber()))
        .add("start_interval", orNull(textOrNumber()))
        .wholeOrNull("retries")
        .flag("disable");
    schemas.object("StackfileLogging").optional().text("driver").add("options", mapOf(text()));
  }

  private Schema<Object> attribute(Attribute<?> attribute) {
    return Types.of(attribute.kind().type(), schemas);
  }

  private static Schema<Object> limits() {
    return mapOf(whole());
  }

  private static Schema<Object> textOrNumber() {
    return either(text(), whole());
  }

  /** A line, or the words of it. */
  private static Schema<Object> textOrWords() {
    return either(text(), listOf(text()));
  }

  /** Also as a list, each text with its name in front. */
  private static Schema<Object> textsByName() {
    return either(mapOf(text()), listOf(text()));
  }
}
