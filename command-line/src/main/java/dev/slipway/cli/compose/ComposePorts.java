package dev.slipway.cli.compose;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Published ports. One that is bound to the loopback address is not published, since Slipway
 * publishes for other hosts.
 */
final class ComposePorts {

  private static final Set<String> READ =
      Set.of("target", "published", "protocol", "host_ip", "mode", "name", "app_protocol");
  private static final Set<String> ALL = Set.of("", "0.0.0.0", "::", "[::]");

  private ComposePorts() {}

  static void convert(JsonNode ports, ObjectNode body, Notes notes) {
    if (!ports.isMissingNode() && !ports.isNull() && !ports.isArray()) {
      throw Failure.usage("ports must be a list");
    }
    for (int at = 0; at < ports.size(); at++) {
      var port = ports.get(at);
      if (port.isObject()) {
        longForm("ports[%d]".formatted(at), port, body, notes);
      } else {
        shortForm("ports[%d]".formatted(at), Json.text(port), body, notes);
      }
    }
  }

  /** {@code [address:][host:]container[/protocol]}; an IPv6 address stands in brackets. */
  private static void shortForm(String place, String text, ObjectNode body, Notes notes) {
    int bracket = text.indexOf(']');
    int last = text.lastIndexOf(':');
    int before = last < 0 ? -1 : text.lastIndexOf(':', last - 1);
    boolean addressed = bracket >= 0 || before >= 0;
    if (!addressed) {
      body.withArrayProperty("ports").add(text);
      return;
    }
    int end = bracket >= 0 ? bracket + 1 : before;
    published(
        place,
        text.substring(0, end),
        text.substring(Math.min(text.length(), end + 1)),
        body,
        notes);
  }

  private static void published(
      String place, String address, String port, ObjectNode body, Notes notes) {
    if (ALL.contains(address)) {
      body.withArrayProperty("ports").add(port.startsWith(":") ? port.substring(1) : port);
      return;
    }
    int colon = port.lastIndexOf(':');
    body.withArrayProperty("expose").add(colon < 0 ? port : port.substring(colon + 1));
    notes.add(
        place,
        "is not published: Slipway publishes on no single address such as %s; containers reach it, and \"%s\" publishes it for all"
            .formatted(address, port.startsWith(":") ? port.substring(1) : port));
  }

  private static void longForm(String place, JsonNode port, ObjectNode body, Notes notes) {
    for (var key : port.propertyNames()) {
      if (!READ.contains(key)) {
        notes.without(place + "." + key);
      }
    }
    var target = Json.text(port, "target");
    if (target.isEmpty()) {
      throw Failure.usage("%s.target is required".formatted(place));
    }
    var outer = Json.text(port, "published");
    var protocol = Json.text(port, "protocol");
    var text =
        (outer.isEmpty() ? "" : outer + ":") + target + (protocol.isEmpty() ? "" : "/" + protocol);
    published(place, Json.text(port, "host_ip"), text, body, notes);
  }
}
