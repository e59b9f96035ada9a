package dev.slipway.command.stack;

import dev.slipway.model.Delimited;
import dev.slipway.model.Digits;
import dev.slipway.model.InvalidInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The short and long forms that a stackfile has for ports. */
final class StackfilePorts {

  private static final String FORM =
      "must be [host:]container[/protocol] with ports from 1 to 65535, or ranges of one length";
  private static final String PORTS = "container_ports";
  private static final int HIGHEST = 65_535;
  private static final int MOST_IN_A_RANGE = 1_000;
  private static final int LONGEST = 100;

  /** Inner ports below 60 that files publish without quotes. */
  private static final Set<Integer> OFTEN_BELOW_60 = Set.of(21, 22, 25, 53);

  private StackfilePorts() {}

  /** A first and a last port. */
  private record Range(int first, int last) {
    int size() {
      return last - first + 1;
    }
  }

  /** {@code [host:]container[/protocol]} or an object, published. */
  static void published(String place, Object value, Reading into) {
    if (value instanceof Map<?, ?> object) {
      into.add(PORTS, place, longForm(place, object, into), false);
      return;
    }
    if (value instanceof Number number) {
      readBase60(place, number, into);
    }
    var text = text(place, value);
    var protocol = protocol(text);
    var parts = Delimited.split(withoutProtocol(text), ':');
    if (parts.size() > 2) {
      throw new InvalidInput(
          place,
          "must have no address: ports are published at the address of the node's settings; got "
              + text);
    }
    var inner = range(place, text, parts.getLast());
    boolean fixed = parts.size() == 2 && !parts.getFirst().isEmpty();
    var outer = fixed ? range(place, text, parts.getFirst()) : null;
    if (outer != null && outer.size() != inner.size()) {
      throw new InvalidInput(place, FORM + "; got " + text);
    }
    for (int i = 0; i < inner.size(); i++) {
      var port = port(protocol, inner.first() + i, outer == null ? null : outer.first() + i);
      port.put("published", true);
      into.add(PORTS, place, port, true);
    }
  }

  /** A port of the container that is not published. */
  static void exposed(String place, Object value, Reading into) {
    var text = text(place, value);
    var inner = withoutProtocol(text);
    if (inner.contains(":")) {
      throw new InvalidInput(
          place,
          "must be a port of the container only; ports publishes one on the host; got " + text);
    }
    var range = range(place, text, inner);
    for (int i = 0; i < range.size(); i++) {
      var port = port(protocol(text), range.first() + i, null);
      port.put("published", false);
      into.add(PORTS, place, port, true);
    }
  }

  private static Map<String, @Nullable Object> longForm(
      String place, Map<?, ?> object, Reading into) {
    var target = object.get("target");
    if (target == null) {
      throw new InvalidInput(place + ".target", "is required");
    }
    for (var key : object.keySet()) {
      if (!Set.of("target", "published", "protocol", "name").contains(key)) {
        into.warn(place + "." + key, "has no effect");
      }
    }
    var port =
        port(Objects.toString(object.get("protocol"), "tcp"), target, object.get("published"));
    port.put("published", true);
    return port;
  }

  private static Map<String, @Nullable Object> port(
      String protocol, Object inner, @Nullable Object outer) {
    var port = new LinkedHashMap<String, @Nullable Object>();
    port.put("protocol", protocol);
    port.put("inner_port", inner);
    port.put("outer_port", outer);
    return port;
  }

  private static String text(String place, Object value) {
    var text = StackfileForms.text(place, value).strip();
    if (text.length() > LONGEST) {
      throw new InvalidInput(place, FORM);
    }
    return text;
  }

  private static String protocol(String text) {
    int slash = text.indexOf('/');
    return slash < 0 ? "tcp" : text.substring(slash + 1);
  }

  private static String withoutProtocol(String text) {
    int slash = text.indexOf('/');
    return slash < 0 ? text : text.substring(0, slash);
  }

  private static Range range(String place, String whole, String text) {
    int dash = text.indexOf('-');
    int first = port(dash < 0 ? text : text.substring(0, dash));
    int last = dash < 0 ? first : port(text.substring(dash + 1));
    if (first < 1 || last < first || last - first >= MOST_IN_A_RANGE) {
      throw new InvalidInput(place, FORM + "; got " + whole);
    }
    return new Range(first, last);
  }

  /** The number, 0 if it is no port. */
  private static int port(String text) {
    if (!Digits.isNumber(text, 5)) {
      return 0;
    }
    int port = Integer.parseInt(text);
    return port > HIGHEST ? 0 : port;
  }

  /** YAML 1.1 reads {@code 22:22} without quotes as one number of base 60. */
  private static void readBase60(String place, Number number, Reading into) {
    long value = number.longValue();
    long outer = value / 60;
    long inner = value % 60;
    if (outer < 1 || outer > HIGHEST || inner < 1) {
      return;
    }
    if (value > HIGHEST) {
      throw new InvalidInput(
          place,
          "is the number %d, which is no port; YAML reads %d:%d without quotes so: write \"%d:%d\""
              .formatted(value, outer, inner, outer, inner));
    }
    if (outer == inner || OFTEN_BELOW_60.contains((int) inner)) {
      into.warn(
          place,
          "is taken for the port %d; if the file says %d:%d, put it in quotes: \"%d:%d\""
              .formatted(value, outer, inner, outer, inner));
    }
  }
}
